namespace Hawser.Proxy.Streams;

/// <summary>What an operator, or a stop, has made of a frontend. Written on loop 0.</summary>
public enum FrontendState
{
    Listening,

    /// <summary>Nobody can connect for now; its ports stay ours.</summary>
    Paused,

    /// <summary>For good: its ports are free.</summary>
    Stopped,
}

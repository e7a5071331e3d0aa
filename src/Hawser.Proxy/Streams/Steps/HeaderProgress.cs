namespace Hawser.Proxy.Streams.Steps;

/// <summary>How far a PROXY header towards a server has come.</summary>
internal enum HeaderProgress
{
    Sent,

    /// <summary>The kernel takes the rest later: nothing else goes before it.</summary>
    Waits,
    Failed,
}

namespace Hawser.Proxy.Streams;

/// <summary>Why a connection never became a session; it has a log line of its own (manual, section 8.2.5).</summary>
internal enum HandshakeError
{
    None,
    InvalidHeader,

    /// <summary>Ended in the middle of a header.</summary>
    Truncated,

    /// <summary>Ended before the first byte of one.</summary>
    Closed,
    TimedOut,

    /// <summary>Reset by the client.</summary>
    Failed,
}

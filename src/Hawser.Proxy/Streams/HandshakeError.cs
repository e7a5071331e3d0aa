namespace Hawser.Proxy.Streams;

/// <summary>Why a connection never became a session; it has a log line of its own (manual, section 8.2.5).</summary>
internal enum HandshakeError
{
    None,

    /// <summary>No PROXY header at all.</summary>
    NotHeader,

    /// <summary>The signature is right and the rest is not.</summary>
    InvalidHeader,

    /// <summary>Version 1 of a protocol that is none of its words.</summary>
    UnhandledProtocol,

    /// <summary>Ended in the middle of a header.</summary>
    Truncated,

    /// <summary>Ended before the first byte of one.</summary>
    Closed,
    TimedOut,

    /// <summary>Reset by the client.</summary>
    Failed,
}

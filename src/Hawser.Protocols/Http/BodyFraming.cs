namespace Hawser.Protocols.Http;

/// <summary>How the end of a body is known (RFC 9112 section 6.3).</summary>
public enum BodyFraming : byte
{
    /// <summary>No body follows the head.</summary>
    None,

    /// <summary>As many bytes as "Content-Length" says; may be 0.</summary>
    Length,

    Chunked,

    /// <summary>Responses only: until the connection is closed.</summary>
    UntilClose,
}

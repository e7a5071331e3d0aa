namespace Hawser.Config.Model;

/// <summary>What <c>proto</c> says about the connections of a bind or server line.</summary>
public enum ConnectionProtocol
{
    /// <summary>Nothing: that of the mode.</summary>
    Default,

    /// <summary>Bytes without a protocol; for tcp mode, where it changes nothing.</summary>
    None,

    /// <summary>HTTP/1; for http mode, where it changes nothing.</summary>
    Http1,
}

/// <summary>The protocol that websockets are passed on with.</summary>
public enum WebSocketProtocol
{
    Auto,
    Http1,
    Http2,
}

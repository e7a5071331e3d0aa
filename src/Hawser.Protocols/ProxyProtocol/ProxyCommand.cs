namespace Hawser.Protocols.ProxyProtocol;

/// <summary>On whose behalf the sender connected.</summary>
public enum ProxyCommand : byte
{
    /// <summary>The sender's own, as for a health check: the real endpoints of the connection count.</summary>
    Local = 0,

    /// <summary>A client's, whose endpoints the header carries.</summary>
    Proxy = 1,
}

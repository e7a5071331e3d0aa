namespace Hawser.Protocols.ProxyProtocol;

/// <summary>The registered types of TLVs (specification, section 2.2); other values are valid too.</summary>
public enum ProxyTlvType : byte
{
    Alpn = 0x01,
    Authority = 0x02,
    Crc32C = 0x03,
    NoOperation = 0x04,
    UniqueId = 0x05,
    Ssl = 0x20,
    NetworkNamespace = 0x30,
}

using System;
using System.Buffers.Binary;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Tls;

public enum HelloResult : byte
{
    /// <summary>What is there may become one.</summary>
    NeedMore,
    Ok,

    /// <summary>It is something else.</summary>
    NotTls,
}

/// <summary>
/// The first message of a TLS client (RFC 8446, section 4.1.2), read without decrypting anything. The parts lie in the
/// bytes it was read from. A message that spans several records is not put together: like HAProxy, only the first
/// record is looked at.
/// </summary>
public ref struct ClientHello
{
    private const byte Handshake = 22;
    private const byte ClientHelloType = 1;
    private const int RecordHeaderBytes = 5;
    private const int MaximumRecordBytes = 16384 + 2048;

    private ReadOnlySpan<byte> _extensions;

    /// <summary>What the message claims: 0x0303 for TLS 1.2 and above.</summary>
    public ushort LegacyVersion { get; private set; }

    public ReadOnlySpan<byte> SessionId { get; private set; }

    /// <summary>Two bytes each; what a client sent, which need not be even.</summary>
    public ReadOnlySpan<byte> CipherSuites { get; private set; }

    /// <param name="bytes">Received so far.</param>
    public static HelloResult TryParse(ReadOnlySpan<byte> bytes, out ClientHello hello)
    {
        hello = default;
        ReadOnlySpan<byte> prefix = bytes[..Math.Min(bytes.Length, RecordHeaderBytes + 1)];
        if (prefix.Length > 0 && prefix[0] != Handshake) return HelloResult.NotTls;
        if (prefix.Length > 1 && prefix[1] != 3) return HelloResult.NotTls;
        if (prefix.Length > RecordHeaderBytes && prefix[RecordHeaderBytes] != ClientHelloType) return HelloResult.NotTls;
        ByteCursor record = new(bytes);
        if (!record.TrySkip(3) || !record.TryReadUInt16BigEndian(out ushort recordBytes)) return HelloResult.NeedMore;
        if (recordBytes is < 4 or > MaximumRecordBytes) return HelloResult.NotTls;
        if (!record.TryRead(recordBytes, out ReadOnlySpan<byte> content)) return HelloResult.NeedMore;
        return hello.TryRead(content[4..]) ? HelloResult.Ok : HelloResult.NotTls;
    }

    /// <summary>
    /// The version in a hello of the form of SSL 2.0, which clients sent that could do both (RFC 5246, appendix E.2): a
    /// length of two bytes with its highest bit set, the type, the version, three lengths and what they are of.
    /// </summary>
    public static HelloResult TryOldVersion(ReadOnlySpan<byte> bytes, out int version)
    {
        const int HeaderBytes = 2;
        const int LengthsBytes = 9;
        version = 0;
        if (bytes.Length > 0 && (bytes[0] & 0x80) == 0) return HelloResult.NotTls;
        if (bytes.Length > HeaderBytes && bytes[HeaderBytes] != ClientHelloType) return HelloResult.NotTls;
        if (bytes.Length < HeaderBytes + LengthsBytes) return HelloResult.NeedMore;
        int message = BinaryPrimitives.ReadUInt16BigEndian(bytes) & 0x7FFF;
        version = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        int ciphers = BinaryPrimitives.ReadUInt16BigEndian(bytes[5..]);
        int session = BinaryPrimitives.ReadUInt16BigEndian(bytes[7..]);
        int challenge = BinaryPrimitives.ReadUInt16BigEndian(bytes[9..]);
        bool isWhole = ciphers % 3 == 0 && session is 0 or 16 && challenge is >= 16 and <= 32
            && message == LengthsBytes + ciphers + session + challenge;
        if (!isWhole) return HelloResult.NotTls;
        return bytes.Length < HeaderBytes + message ? HelloResult.NeedMore : HelloResult.Ok;
    }

    /// <summary>Whether the type is that of a ServerHello, and the record is here as a whole.</summary>
    public static HelloResult IsServerHello(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && bytes[0] != Handshake) return HelloResult.NotTls;
        if (bytes.Length > 1 && bytes[1] != 3) return HelloResult.NotTls;
        if (bytes.Length <= RecordHeaderBytes) return HelloResult.NeedMore;
        return bytes[RecordHeaderBytes] == 2 ? HelloResult.Ok : HelloResult.NotTls;
    }

    private bool TryRead(ReadOnlySpan<byte> body)
    {
        ByteCursor cursor = new(body);
        if (!cursor.TryReadUInt16BigEndian(out ushort version) || !cursor.TrySkip(32)) return false;
        if (!cursor.TryRead(out byte sessionIdBytes) || !cursor.TryRead(sessionIdBytes, out ReadOnlySpan<byte> id)) return false;
        if (!cursor.TryReadUInt16BigEndian(out ushort cipherBytes) || !cursor.TryRead(cipherBytes, out ReadOnlySpan<byte> ciphers))
            return false;
        if (!cursor.TryRead(out byte compressionBytes) || !cursor.TrySkip(compressionBytes)) return false;
        LegacyVersion = version;
        SessionId = id;
        CipherSuites = ciphers;
        // Before TLS 1.2 there need not be extensions.
        if (cursor.TryReadUInt16BigEndian(out ushort extensionBytes)
            && cursor.TryRead(Math.Min(extensionBytes, cursor.RemainingBytes), out ReadOnlySpan<byte> extensions))
            _extensions = extensions;
        return true;
    }

    /// <summary>An extension's content; false when the client did not send it.</summary>
    public readonly bool TryFind(TlsExtension wanted, out ReadOnlySpan<byte> content)
    {
        ByteCursor cursor = new(_extensions);
        while (cursor.TryReadUInt16BigEndian(out ushort type)
            && cursor.TryReadUInt16BigEndian(out ushort length)
            && cursor.TryRead(length, out content))
        {
            if (type == (ushort)wanted) return true;
        }

        content = default;
        return false;
    }

    /// <summary>The host name of the server name extension (RFC 6066, section 3).</summary>
    public readonly bool TryServerName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!TryFind(TlsExtension.ServerName, out ReadOnlySpan<byte> content)) return false;
        ByteCursor list = new(content);
        if (!list.TrySkip(2)) return false;
        while (list.TryRead(out byte type) && list.TryReadUInt16BigEndian(out ushort length) && list.TryRead(length, out name))
        {
            if (type == 0) return true;
        }

        name = default;
        return false;
    }

    /// <summary>The first protocol of the ALPN extension (RFC 7301).</summary>
    public readonly bool TryFirstProtocol(out ReadOnlySpan<byte> protocol)
    {
        protocol = default;
        if (!TryFind(TlsExtension.ApplicationProtocols, out ReadOnlySpan<byte> content)) return false;
        ByteCursor list = new(content);
        return list.TrySkip(2) && list.TryRead(out byte length) && list.TryRead(length, out protocol);
    }
}

/// <summary>The numbers of extensions that are looked at (IANA, "TLS ExtensionType Values").</summary>
public enum TlsExtension : ushort
{
    ServerName = 0,
    SupportedGroups = 10,
    SignatureAlgorithms = 13,
    ApplicationProtocols = 16,
    SessionTicket = 35,
    SupportedVersions = 43,
    KeyShare = 51,
}

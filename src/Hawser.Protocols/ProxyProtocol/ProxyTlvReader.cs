using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.ProxyProtocol;

/// <summary>Walks over TLVs (one byte type, two bytes length, value) without copying them.</summary>
public ref struct ProxyTlvReader(ReadOnlySpan<byte> tlvs)
{
    /// <summary>The bytes that a TLV takes beside its value.</summary>
    public const int OverheadBytes = 3;

    private ByteCursor _cursor = new(tlvs);

    /// <summary>Where the next TLV starts.</summary>
    public readonly int Position => _cursor.Position;

    /// <summary>Whether all bytes were taken; false after a failed read means that the rest is no TLV.</summary>
    public readonly bool IsAtEnd => _cursor.IsAtEnd;

    /// <returns>False at the end and when the rest is no complete TLV.</returns>
    public bool TryRead(out ProxyTlvType type, out ReadOnlySpan<byte> value)
    {
        ByteCursor attempt = _cursor;
        type = default;
        value = default;
        if (!attempt.TryRead(out byte code)
            || !attempt.TryReadUInt16BigEndian(out ushort length)
            || !attempt.TryRead(length, out value))
            return false;
        type = (ProxyTlvType)code;
        _cursor = attempt;
        return true;
    }
}

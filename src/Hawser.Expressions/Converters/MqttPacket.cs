using System;
using Hawser.Base.Bytes;

namespace Hawser.Expressions.Converters;

/// <summary>
/// The first packet of either side of an MQTT connection, CONNECT or CONNACK, of the versions 3.1, 3.1.1 and 5.0. It is
/// checked as it is read; one field of it is remembered.
/// </summary>
internal ref struct MqttPacket(ReadOnlySpan<byte> bytes, MqttField wanted)
{
    private const int LongestLengthBytes = 4;

    private ByteCursor _cursor = new(bytes);

    /// <summary>1 to 15, when <see cref="Read"/> got that far.</summary>
    public int Type { get; private set; }

    public byte Version { get; private set; }

    /// <summary>Whether the wanted field was there; a property that is not there has its default.</summary>
    public bool IsFound { get; private set; }

    /// <summary>Of a field that is no number.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Null for a field that is no number.</summary>
    public uint? Number { get; private set; }

    public MqttVerdict Read()
    {
        if (!_cursor.TryRead(out byte first)) return MqttVerdict.Incomplete;
        Type = first >> 4;
        if (first is not (MqttNames.Connect << 4 or MqttNames.Acknowledgement << 4)) return MqttVerdict.Invalid;
        MqttVerdict verdict = ReadLength(out uint length);
        if (verdict != MqttVerdict.Valid) return verdict;
        if (length > _cursor.RemainingBytes) return MqttVerdict.Incomplete;
        bool isAlone = length == _cursor.RemainingBytes;
        _cursor = new ByteCursor(_cursor.Remaining[..(int)length]);

        // A client may send more at once; a server waits.
        bool isValid = Type == MqttNames.Connect ? TryConnect() : isAlone && TryAcknowledgement(length);
        return isValid && _cursor.IsAtEnd ? MqttVerdict.Valid : MqttVerdict.Invalid;
    }

    /// <summary>A base-128 number of at most four bytes.</summary>
    private MqttVerdict ReadLength(out uint length)
    {
        length = 0;
        for (int index = 0; index < LongestLengthBytes; index++)
        {
            if (!_cursor.TryRead(out byte part)) return MqttVerdict.Incomplete;
            length |= (uint)(part & 0x7F) << (7 * index);
            if ((part & 0x80) == 0) return MqttVerdict.Valid;
        }

        return MqttVerdict.Invalid;
    }

    private bool TryConnect()
    {
        if (!TryText(MqttField.ProtocolName, out ReadOnlySpan<byte> name)) return false;
        if (!name.SequenceEqual("MQTT"u8) && !name.SequenceEqual("MQIsdp"u8)) return false;
        if (!TryByte(MqttField.ProtocolVersion, out byte version) || version is not (3 or 4 or 5)) return false;
        Version = version;
        if (!TryByte(MqttField.Flags, out byte flags) || (flags & 1) != 0) return false;
        if (!_cursor.TryReadUInt16BigEndian(out ushort keepAlive)) return false;
        Remember(MqttField.KeepAlive, keepAlive);
        if (version == 5 && !TryProperties(MqttNames.IsInConnect)) return false;
        if (!TryText(MqttField.ClientIdentifier, out _)) return false;
        bool hasWill = (flags & 4) != 0;
        return (!hasWill || version != 5 || TryProperties(MqttNames.IsInWill))
            && (!hasWill || (TryText(MqttField.WillTopic, out _) && TryText(MqttField.WillPayload, out _)))
            && ((flags & 0x80) == 0 || TryText(MqttField.UserName, out _))
            && ((flags & 0x40) == 0 || TryText(MqttField.Password, out _));
    }

    /// <summary>The version is not in it; only 5 has more than two bytes.</summary>
    private bool TryAcknowledgement(uint length)
    {
        Version = length == 2 ? (byte)4 : (byte)5;
        Remember(MqttField.ProtocolVersion, Version);
        return TryByte(MqttField.Flags, out byte flags) && (flags & 0xFE) == 0
            && TryByte(MqttField.ReasonCode, out _)
            && (Version != 5 || TryProperties(MqttNames.IsInAcknowledgement));
    }

    private delegate bool PropertySet(MqttField property);

    private bool TryProperties(PropertySet isAllowed)
    {
        if (ReadLength(out uint length) != MqttVerdict.Valid || length > _cursor.RemainingBytes) return false;
        int end = _cursor.Position + (int)length;
        ulong seen = 0;
        while (_cursor.Position < end)
        {
            if (ReadLength(out uint number) != MqttVerdict.Valid || number >= 64) return false;
            MqttField property = (MqttField)number;
            bool isRepeated = property != MqttField.UserProperty && (seen & (1UL << (int)number)) != 0;
            seen |= 1UL << (int)number;
            if (isRepeated || !isAllowed(property) || !TryProperty(property)) return false;
        }

        return _cursor.Position == end;
    }

    private bool TryProperty(MqttField property)
    {
        switch (property)
        {
            case MqttField.PayloadFormat or MqttField.RequestProblem or MqttField.RequestResponse
                or MqttField.MaximumQuality or MqttField.RetainAvailable or MqttField.WildcardAvailable
                or MqttField.IdentifiersAvailable or MqttField.SharedAvailable:
                return TryByte(property, out _);
            case MqttField.ServerKeepAlive or MqttField.ReceiveMaximum or MqttField.TopicAliasMaximum:
                if (!_cursor.TryReadUInt16BigEndian(out ushort small)) return false;
                Remember(property, small);
                return true;
            case MqttField.MessageExpiry or MqttField.SessionExpiry or MqttField.WillDelay or MqttField.MaximumPacket:
                if (!_cursor.TryReadUInt32BigEndian(out uint large)) return false;
                Remember(property, large);
                return true;
            case MqttField.UserProperty:
                return TryText(MqttField.UserProperty, out _) && TryText(MqttField.UserProperty, out _);
            default:
                return TryText(property, out _);
        }
    }

    /// <summary>Whether an absent property counts as the number 0 rather than as no value.</summary>
    public static bool IsNumber(MqttField property) => property is MqttField.PayloadFormat or MqttField.RequestProblem
        or MqttField.RequestResponse or MqttField.MaximumQuality or MqttField.RetainAvailable
        or MqttField.WildcardAvailable or MqttField.IdentifiersAvailable or MqttField.SharedAvailable
        or MqttField.ServerKeepAlive or MqttField.ReceiveMaximum or MqttField.TopicAliasMaximum
        or MqttField.MessageExpiry or MqttField.SessionExpiry or MqttField.WillDelay or MqttField.MaximumPacket;

    private bool TryByte(MqttField field, out byte value)
    {
        if (!_cursor.TryRead(out value)) return false;
        Remember(field, value);
        return true;
    }

    private bool TryText(MqttField field, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!_cursor.TryReadUInt16BigEndian(out ushort length) || !_cursor.TryRead(length, out ReadOnlySpan<byte> found))
            return false;
        text = found;
        if (field != wanted || field == MqttField.UserProperty) return true;
        IsFound = true;
        Value = found;
        return true;
    }

    private void Remember(MqttField field, uint number)
    {
        if (field != wanted) return;
        IsFound = true;
        Number = number;
    }
}

/// <summary>Whether a packet is one.</summary>
internal enum MqttVerdict : byte
{
    Valid,
    Invalid,

    /// <summary>As far as it goes; more has to come.</summary>
    Incomplete,
}

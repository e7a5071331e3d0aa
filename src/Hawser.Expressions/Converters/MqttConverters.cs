using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>The first packets of MQTT.</summary>
public static class MqttConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new("mqtt_is_valid", ArgumentSignature.None, SampleType.Binary, SampleType.Boolean, IsValid, "2.4", "whether it is a valid CONNECT or CONNACK packet of MQTT"),
        new("mqtt_field_value", ArgumentSignature.Required(ArgumentType.Text, ArgumentType.Text), SampleType.Binary, SampleType.String, FieldValue, "2.4", "a field or property of an MQTT packet")
        {
            Prepare = PrepareField,
        },
    ];

    private sealed record Wanted(int Packet, MqttField Field);

    private static string? PrepareField(Arguments arguments, CompileContext context)
    {
        string packetName = arguments.String(0);
        string fieldName = arguments.String(1);
        if (MqttNames.Packet(packetName) is not { } packet) return $"Unknown MQTT type '{packetName}'";
        if (MqttNames.Field(packet, fieldName) is not { } field)
            return $"Unknown MQTT field name '{fieldName}' for packet type '{packetName}'";
        arguments.Prepared = new Wanted(packet, field);
        return null;
    }

    /// <summary>No value before all of the packet is there.</summary>
    private static bool IsValid(SampleSource source, Arguments arguments, ref Sample sample)
    {
        MqttVerdict verdict = new MqttPacket(sample.Bytes, default).Read();
        sample.SetBoolean(verdict == MqttVerdict.Valid);
        return verdict != MqttVerdict.Incomplete;
    }

    private static bool FieldValue(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Wanted wanted = (Wanted)arguments.Prepared!;
        MqttPacket packet = new(sample.Bytes, wanted.Field);
        if (packet.Read() != MqttVerdict.Valid || packet.Type != wanted.Packet) return false;
        if (packet.IsFound && packet.Number is null)
        {
            sample.SetString(packet.Value);
            return true;
        }

        bool hasDefault = packet.Version == 5 && MqttPacket.IsNumber(wanted.Field);
        if (!packet.IsFound && !hasDefault) return false;
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        bool fits = Ascii.TryFormat((ulong)(packet.Number ?? 0), result, out int length);
        sample.SetString(result[..length]);
        return fits;
    }
}

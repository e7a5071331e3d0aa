using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Linq;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Converters;

/// <summary>Fields of protocol buffers messages, bare or in the frames of gRPC.</summary>
public static class ProtobufConverters
{
    /// <summary>A byte of flags and a length.</summary>
    private const int FrameHeaderBytes = 5;

    public static ConverterRow[] Rows { get; } =
    [
        Row("protobuf", Message, "a field of a protocol buffers message"),
        Row("ungrpc", Frames, "a field of the protocol buffers message in a gRPC message"),
    ];

    private enum Reading
    {
        Raw,
        Number,
        ZigZag,
        Fixed64,
        Double,
        Unsigned32,
        Signed32,
        Float,
    }

    private sealed record Field(int[] Path, Reading Reading);

    private static ConverterRow Row(string name, ConverterEvaluator evaluate, string description) => new(
        name,
        ArgumentSignature.Of(1, ArgumentType.ProtobufField, ArgumentType.Text),
        SampleType.Binary,
        SampleType.Any,
        evaluate,
        "2.0",
        description)
    {
        Prepare = Prepare,
    };

    private static string? Prepare(Arguments arguments, CompileContext context)
    {
        Reading? reading = arguments.String(1) switch
        {
            "" => Reading.Raw,
            "int32" or "int64" or "uint32" or "uint64" or "bool" or "enum" => Reading.Number,
            "sint32" or "sint64" => Reading.ZigZag,
            "fixed64" or "sfixed64" => Reading.Fixed64,
            "double" => Reading.Double,
            "fixed32" => Reading.Unsigned32,
            "sfixed32" => Reading.Signed32,
            "float" => Reading.Float,
            _ => null,
        };
        if (reading is not { } known) return $"Wrong protocol buffer type '{arguments.String(1)}'";
        int[] path = [.. arguments.String(0).Split('.').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        arguments.Prepared = new Field(path, known);
        return null;
    }

    private static bool Message(SampleSource source, Arguments arguments, ref Sample sample) =>
        TryTake((Field)arguments.Prepared!, sample.Bytes, ref sample);

    /// <summary>The first of the messages that has the field.</summary>
    private static bool Frames(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Field field = (Field)arguments.Prepared!;
        ReadOnlySpan<byte> rest = sample.Bytes;
        while (rest.Length > FrameHeaderBytes)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest[1..]);
            rest = rest[FrameHeaderBytes..];
            if (length > rest.Length) return false;
            if (TryTake(field, rest[..(int)length], ref sample)) return true;
            rest = rest[(int)length..];
        }

        return false;
    }

    private static bool TryTake(Field field, ReadOnlySpan<byte> message, ref Sample sample)
    {
        if (!ProtobufMessage.TryFind(message, field.Path, out ProtobufWireType type, out ReadOnlySpan<byte> value)) return false;
        if (field.Reading == Reading.Raw)
        {
            sample.SetBinary(value);
            return true;
        }

        ProtobufWireType wanted = field.Reading switch
        {
            Reading.Number or Reading.ZigZag => ProtobufWireType.Number,
            Reading.Fixed64 or Reading.Double => ProtobufWireType.Fixed64,
            _ => ProtobufWireType.Fixed32,
        };
        if (type != wanted) return false;
        sample.SetInteger(Read(field.Reading, value));
        return true;
    }

    /// <summary>Numbers of 32 bits are read as 64, and a fraction is cut off, as in HAProxy; a float counts as unsigned.</summary>
    private static long Read(Reading reading, ReadOnlySpan<byte> value)
    {
        switch (reading)
        {
            case Reading.Number:
                _ = ProtobufMessage.TryNumber(value, out ulong number, out _);
                return unchecked((long)number);
            case Reading.ZigZag:
                _ = ProtobufMessage.TryNumber(value, out number, out _);
                return unchecked((long)(number >> 1) ^ -(long)(number & 1));
            case Reading.Fixed64:
                return BinaryPrimitives.ReadInt64LittleEndian(value);
            case Reading.Double:
                return (long)BinaryPrimitives.ReadDoubleLittleEndian(value);
            case Reading.Unsigned32:
                return BinaryPrimitives.ReadUInt32LittleEndian(value);
            case Reading.Signed32:
                return BinaryPrimitives.ReadInt32LittleEndian(value);
            default:
                return unchecked((uint)(int)BinaryPrimitives.ReadSingleLittleEndian(value));
        }
    }
}

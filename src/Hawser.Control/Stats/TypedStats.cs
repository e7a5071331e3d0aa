using System.Buffers;

namespace Hawser.Control.Stats;

/// <summary>One value a line with its place, tags and type (management manual, 9.2).</summary>
public static class TypedStats
{
    /// <param name="isDescribed">"desc": what each value means is added.</param>
    public static void WriteLine(IBufferWriter<byte> output, StatLine line, bool isDescribed)
    {
        for (int i = 0; i < line.Values.Length; i++)
        {
            ref readonly StatValue value = ref line.Values[i];
            if (!value.IsSet)
                continue;
            output.Write(Letter(line.Kind));
            output.Write('.');
            output.Write(line.ProxyId);
            output.Write('.');
            output.Write(line.ObjectId);
            output.Write('.');
            WriteValue(output, i, StatFields.List[i], StatFields.TagsOf((StatField)i, line.Kind), value, isDescribed);
        }
    }

    /// <summary>From the position on: "show info typed" has nothing before it.</summary>
    public static void WriteValue(
        IBufferWriter<byte> output, int position, FieldDescription field, string tags, in StatValue value, bool isDescribed)
    {
        output.Write(position);
        output.Write('.');
        output.Write(field.Name);
        output.Write(".1:");
        output.Write(tags);
        output.Write(':');
        output.Write(TypeName(field.Type));
        output.Write(':');
        output.Write(value);
        if (isDescribed)
            output.Write($":\"{field.Text}\"");
        output.Write('\n');
    }

    public static string TypeName(StatType type) => type switch
    {
        StatType.U32 => "u32",
        StatType.U64 => "u64",
        StatType.S32 => "s32",
        StatType.Float => "flt",
        _ => "str",
    };

    private static char Letter(StatObject kind) => kind switch
    {
        StatObject.Frontend => 'F',
        StatObject.Backend => 'B',
        StatObject.Server => 'S',
        _ => 'L',
    };
}

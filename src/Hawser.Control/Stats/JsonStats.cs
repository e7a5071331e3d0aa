using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hawser.Control.Stats;

/// <summary>"show stat json" and "show info json", without any white space (management manual, "show schema json").</summary>
public static class JsonStats
{
    /// <summary>An array of one object per value.</summary>
    public static void WriteLine(IBufferWriter<byte> output, StatLine line)
    {
        output.Write('[');
        bool isFirst = true;
        for (int i = 0; i < line.Values.Length; i++)
        {
            ref readonly StatValue value = ref line.Values[i];
            if (!value.IsSet)
                continue;
            if (!isFirst)
                output.Write(',');
            isFirst = false;
            output.Write($"{{\"objType\":\"{line.Kind}\",\"proxyId\":{line.ProxyId},\"id\":{line.ObjectId},");
            WriteValue(output, i, StatFields.List[i], StatFields.TagsOf((StatField)i, line.Kind), value);
        }

        output.Write(']');
    }

    /// <summary>"show info json".</summary>
    public static void WriteInfo(IBufferWriter<byte> output, StatValue[] values, ImmutableArray<FieldDescription> fields)
    {
        output.Write('[');
        bool isFirst = true;
        for (int i = 0; i < values.Length; i++)
        {
            if (!values[i].IsSet)
                continue;
            output.Write(isFirst ? "{" : ",{");
            isFirst = false;
            WriteValue(output, i, fields[i], fields[i].Tags, values[i]);
        }

        output.Write("]\n");
    }

    /// <summary>From "field" to the end of the object, whose beginning the caller has written.</summary>
    public static void WriteValue(
        IBufferWriter<byte> output, int position, FieldDescription field, string tags, in StatValue value)
    {
        output.Write($"\"field\":{{\"pos\":{position},\"name\":\"{field.Name}\"}},\"processNum\":1,\"tags\":{{\"origin\":\"");
        output.Write(Origin(tags[0]));
        output.Write("\",\"nature\":\"");
        output.Write(Nature(tags[1]));
        output.Write("\",\"scope\":\"");
        output.Write(Scope(tags[2]));
        output.Write("\"},\"value\":{\"type\":\"");
        output.Write(TypedStats.TypeName(field.Type));
        output.Write("\",\"value\":");
        if (value.Text is not { } text)
            output.Write(value.Number);
        else if (field.Type == StatType.Float)
            output.Write(text);
        else
            WriteText(output, text);
        output.Write("}}");
    }

    /// <summary>JSON is Unicode: bytes that are no UTF-8 become U+FFFD.</summary>
    internal static void WriteText(IBufferWriter<byte> output, string text)
    {
        output.Write('"');
        output.Write(JsonEncodedText.Encode(Printable(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        output.Write('"');
    }

    private static string Printable(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return text;
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            clean.Append(rune);
        return clean.ToString();
    }

    private static string Origin(char tag) => tag switch
    {
        'M' => "Metric",
        'S' => "Status",
        'K' => "Key",
        'C' => "Config",
        'P' => "Product",
        _ => "Unknown",
    };

    private static string Nature(char tag) => tag switch
    {
        'A' => "Age",
        'a' => "Avg",
        'C' => "Counter",
        'D' => "Duration",
        'G' => "Gauge",
        'L' => "Limit",
        'M' => "Max",
        'm' => "Min",
        'N' => "Name",
        'O' => "Output",
        'R' => "Rate",
        'T' => "Time",
        _ => "Unknown",
    };

    private static string Scope(char tag) => tag switch
    {
        'C' => "Cluster",
        'P' => "Process",
        'S' => "Service",
        's' => "System",
        _ => "Unknown",
    };
}

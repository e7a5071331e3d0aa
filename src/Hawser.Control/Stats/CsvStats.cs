using System;
using System.Buffers;

namespace Hawser.Control.Stats;

/// <summary>"show stat" and ";csv": a head line and a line per object (management manual, 9.1).</summary>
public static class CsvStats
{
    public static void WriteHead(IBufferWriter<byte> output)
    {
        output.Write("# ");
        for (int i = 0; i < StatFields.List.Length; i++)
        {
            if (i == StatFields.StandardCount)
                output.Write("-,");
            output.Write(StatFields.List[i].Name);
            output.Write(',');
        }

        output.Write('\n');
    }

    public static void WriteLine(IBufferWriter<byte> output, StatLine line)
    {
        for (int i = 0; i < line.Values.Length; i++)
        {
            if (i == StatFields.StandardCount)
                output.Write("-,");
            if (line.Values[i].IsSet)
                WriteValue(output, line.Values[i]);
            output.Write(',');
        }

        output.Write('\n');
    }

    /// <summary>A text with a comma, a quote or a line end is quoted, as RFC 4180 says.</summary>
    private static void WriteValue(IBufferWriter<byte> output, in StatValue value)
    {
        if (value.Text is not { } text || text.AsSpan().IndexOfAny(",\"\r\n") < 0)
            output.Write(value);
        else
            output.Write($"\"{text.Replace("\"", "\"\"", System.StringComparison.Ordinal)}\"");
    }
}

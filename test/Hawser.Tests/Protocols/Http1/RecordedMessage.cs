using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Hawser.Tests.Protocols.Http1;

/// <summary>One row of Vectors/*.txt: a message and what HAProxy made of it.</summary>
/// <param name="Strict">The status by default; 0 when the row does not say.</param>
/// <param name="Unsafe">The status where unsafe violations are accepted; 0 when the row does not say.</param>
/// <param name="Bytes">The message.</param>
/// <param name="Forwarded">What the other side received, empty when nothing was recorded.</param>
public sealed record RecordedMessage(int Strict, int Unsafe, byte[] Bytes, byte[] Forwarded, string Text)
{
    public static IReadOnlyList<RecordedMessage> Load(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Protocols", "Http1", "Vectors", file))
            .Where(line => line.Length > 0 && line[0] != '#').Select(Read)];

    private static RecordedMessage Read(string line)
    {
        string[] columns = line.Split(' ', 3);
        string[] messages = columns[2].Split(" => ", 2);
        return new(Status(columns[0]), Status(columns[1]), Unescape(messages[0]), Unescape(messages[1]), line);
    }

    private static int Status(string column) => column == "-" ? 0 : int.Parse(column, CultureInfo.InvariantCulture);

    private static byte[] Unescape(string text)
    {
        List<byte> bytes = [];
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] != '\\')
            {
                bytes.Add((byte)text[index]);
                continue;
            }

            index++;
            switch (text[index])
            {
                case 'r': bytes.Add((byte)'\r'); break;
                case 'n': bytes.Add((byte)'\n'); break;
                case 't': bytes.Add((byte)'\t'); break;
                case 'x':
                    bytes.Add(byte.Parse(text.AsSpan(index + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    index += 2;
                    break;
                default: bytes.Add((byte)text[index]); break;
            }
        }

        return [.. bytes];
    }
}

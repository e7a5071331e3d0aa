using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Hawser.Fuzz.Targets;

namespace Hawser.Fuzz.Runs;

/// <summary>
/// The inputs that a target begins with: one a line in its file, with <c>\r</c>, <c>\n</c>, <c>\t</c>, <c>\\</c> and
/// <c>\xNN</c> for what a line cannot hold. Lines with # are comments.
/// </summary>
internal static class Corpus
{
    public static IReadOnlyList<byte[]> Of(FuzzTarget target)
    {
        List<byte[]> inputs = [[]];
        using Stream? stream = typeof(Corpus).Assembly.GetManifestResourceStream(target.Name);
        if (stream is null)
            return inputs;
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                inputs.Add(Read(line));
        }

        return inputs;
    }

    /// <exception cref="FormatException">A backslash with something else behind it.</exception>
    public static byte[] Read(string line)
    {
        List<byte> bytes = [];
        for (int index = 0; index < line.Length; index++)
        {
            if (line[index] != '\\')
            {
                bytes.Add((byte)line[index]);
                continue;
            }

            char next = ++index < line.Length ? line[index] : ' ';
            if (next == 'x')
            {
                bytes.Add(byte.Parse(line.AsSpan(index + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                index += 2;
                continue;
            }

            bytes.Add(next switch
            {
                'r' => (byte)'\r',
                'n' => (byte)'\n',
                't' => (byte)'\t',
                '\\' => (byte)'\\',
                _ => throw new FormatException($"\\{next} in: {line}"),
            });
        }

        return [.. bytes];
    }
}

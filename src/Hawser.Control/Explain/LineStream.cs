using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Hawser.Control.Explain;

/// <summary>Lines of a stream as they come. Bounded: of a longer line only the first part is kept.</summary>
public static class LineStream
{
    /// <summary>Twice the longest line that a log target can be configured to.</summary>
    public const int MaxLineBytes = 131_072;

    private const int ChunkBytes = 16_384;

    /// <summary>Without line ends; bytes that are no UTF-8 become U+FFFD.</summary>
    public static IEnumerable<string> Read(Stream input)
    {
        byte[] chunk = new byte[ChunkBytes];
        byte[] line = new byte[MaxLineBytes];
        int used = 0;
        bool hasAny = false;
        while (true)
        {
            int count = input.Read(chunk, 0, ChunkBytes);
            if (count <= 0) break;
            for (int start = 0; start < count;)
            {
                int end = Array.IndexOf(chunk, (byte)'\n', start, count - start);
                int stop = end < 0 ? count : end;
                int taken = Math.Min(stop - start, MaxLineBytes - used);
                Array.Copy(chunk, start, line, used, taken);
                used += taken;
                hasAny = true;
                start = stop + 1;
                if (end < 0) continue;
                yield return Encoding.UTF8.GetString(line, 0, used);
                used = 0;
                hasAny = false;
            }
        }
        if (hasAny) yield return Encoding.UTF8.GetString(line, 0, used);
    }
}

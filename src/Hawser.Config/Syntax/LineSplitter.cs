using System;
using System.Collections.Generic;

namespace Hawser.Config.Syntax;

/// <summary>Cuts a file into lines. There is no limit on their length; a carriage return stays and is white space.</summary>
public static class LineSplitter
{
    private const byte LineFeed = (byte)'\n';

    public static IEnumerable<LineText> Split(string file, ReadOnlyMemory<byte> content)
    {
        int number = 1;
        while (!content.IsEmpty)
        {
            int end = content.Span.IndexOf(LineFeed);
            if (end < 0)
            {
                yield return new LineText(file, number, content, HasLineFeed: false);
                yield break;
            }
            yield return new LineText(file, number++, content[..end], HasLineFeed: true);
            content = content[(end + 1)..];
        }
    }
}

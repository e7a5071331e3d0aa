using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Syntax;

/// <summary>Finds the text of a line again, for the caret under a diagnostic.</summary>
public sealed class SourceTexts
{
    private readonly Dictionary<string, List<ReadOnlyMemory<byte>>> _lines = new(StringComparer.Ordinal);

    public void Add(LineText line)
    {
        if (!_lines.TryGetValue(line.File, out List<ReadOnlyMemory<byte>>? lines)) _lines[line.File] = lines = [];
        if (lines.Count < line.Number) lines.Add(line.Bytes);
    }

    public string? LineAt(Origin origin) =>
        origin.IsKnown && _lines.TryGetValue(origin.File, out List<ReadOnlyMemory<byte>>? lines)
        && origin.Line <= lines.Count
            ? ConfigText.Decode(lines[origin.Line - 1].Span).TrimEnd('\r')
            : null;
}

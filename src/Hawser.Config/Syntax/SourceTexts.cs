using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Syntax;

/// <summary>Finds the text of a line again, for the caret under a diagnostic. Files are cut into lines when one is asked for.</summary>
public sealed class SourceTexts
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ReadOnlyMemory<byte>>> _lines = new(StringComparer.Ordinal);

    /// <summary>The first content of a name stays.</summary>
    public void Add(string file, ReadOnlyMemory<byte> content) => _contents.TryAdd(file, content);

    public string? LineAt(Origin origin) =>
        origin.IsKnown && LinesOf(origin.File) is { } lines && origin.Line <= lines.Count
            ? ConfigText.Decode(lines[origin.Line - 1].Span).TrimEnd('\r')
            : null;

    private List<ReadOnlyMemory<byte>>? LinesOf(string file)
    {
        if (_lines.TryGetValue(file, out List<ReadOnlyMemory<byte>>? lines)) return lines;
        if (!_contents.TryGetValue(file, out ReadOnlyMemory<byte> content)) return null;
        _lines[file] = lines = [];
        foreach (LineText line in LineSplitter.Split(file, content)) lines.Add(line.Bytes);
        return lines;
    }
}

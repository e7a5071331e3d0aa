using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Hawser.Base.Hashing;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// All lists of patterns of a configuration, by name: what two places load from one file is one list. Filled while the
/// configuration is compiled.
/// </summary>
public sealed class PatternLibrary
{
    private readonly Dictionary<string, PatternList> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Line, int Number), PatternList> _lines = [];
    private readonly List<PatternList> _all = [];
    private int _nextId;

    /// <summary>
    /// Of the running configuration, while a reload builds this one. A list whose file has not changed since it was
    /// loaded goes on with what operators and rules have made of it; a file that has changed is read.
    /// </summary>
    public PatternLibrary? Before { get; set; }

    /// <summary>The reload takes place: what was changed meanwhile is taken over as well.</summary>
    public void CatchUp()
    {
        foreach (PatternList list in _all) list.CatchUp();
        Before = null;
    }

    /// <summary>Regular expressions for all of them.</summary>
    public RegexLibrary Regexes { get; } = new();

    /// <summary>In the order they were made.</summary>
    public IReadOnlyList<PatternList> All => _all;

    /// <summary>A list without name: the patterns of one "acl" line.</summary>
    public PatternList Make()
    {
        PatternList list = new("", _nextId++, isMap: false);
        _all.Add(list);
        return list;
    }

    /// <summary>
    /// All patterns of a line are in its list. A line that reads the same in the running configuration goes on with what
    /// operators have made of its patterns.
    /// </summary>
    /// <param name="line">Of which proxy, and how it reads; of several that read the same the order tells which.</param>
    public void Complete(PatternList list, string line)
    {
        list.Loaded();
        int number = 0;
        while (!_lines.TryAdd((line, number), list)) number++;
        if (Before?._lines.GetValueOrDefault((line, number)) is { Changes: > 0 } before) list.TakeChanges(before);
    }

    /// <summary>
    /// The list of a name (manual, section 2.7): a file, which is read the first time, "opt@" a file that need not
    /// exist, "virt@" none at all.
    /// </summary>
    /// <param name="isMap">Each line is a pattern, blanks, and a value.</param>
    public PatternList? Open(string reference, bool isMap, out string? problem)
    {
        problem = null;
        bool isVirtual = reference.StartsWith("virt@", StringComparison.Ordinal);
        bool isOptional = reference.StartsWith("opt@", StringComparison.Ordinal);
        string name = isOptional ? reference["opt@".Length..]
            : reference.StartsWith("file@", StringComparison.Ordinal) ? reference["file@".Length..]
            : reference;
        if (_named.TryGetValue(name, out PatternList? known))
        {
            if (known.IsMap == isMap || known.IsMap) return known;
            problem = $"The file \"{name}\" is already used as one column file and cannot be used by as two column file.";
            return null;
        }

        PatternList list = new(name, _nextId, isMap)
        {
            Description = $"pattern loaded from file '{name}' used by {(isMap ? "map" : "acl")}",
        };
        PatternList? before = Before?._named.GetValueOrDefault(name);
        if (before?.IsMap != isMap) before = null;
        if (isVirtual)
        {
            if (before is not null) list.TakeLines(before);
        }
        else if (!TryLoad(list, name, isOptional, before, out problem))
        {
            return null;
        }
        _nextId++;
        _named.Add(name, list);
        _all.Add(list);
        return list;
    }

    private static bool TryLoad(PatternList list, string path, bool isOptional, PatternList? before, out string? problem)
    {
        problem = null;
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            if (isOptional && error is FileNotFoundException or DirectoryNotFoundException) return true;
            problem = $"failed to open pattern file <{path}>";
            return false;
        }

        list.ContentHash = XxHash3.Compute(content, seed: 0);
        if (before is { Changes: > 0 } && before.ContentHash == list.ContentHash)
        {
            list.TakeLines(before);
            return true;
        }

        ReadOnlySpan<byte> rest = content;
        list.Reserve(rest.Count((byte)'\n') + 1);
        for (int number = 1; !rest.IsEmpty; number++)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            if (line.StartsWith("#"u8)) continue;
            line = line.TrimStart(" \t"u8);
            if (line.IsEmpty) continue;
            int blank = list.IsMap ? line.IndexOfAny((byte)' ', (byte)'\t') : -1;
            ReadOnlySpan<byte> key = blank < 0 ? line : line[..blank];
            string? value = !list.IsMap ? null
                : blank < 0 ? ""
                : Encoding.UTF8.GetString(line[blank..].Trim(" \t"u8));
            _ = list.Add(key.ToArray(), value, number);
        }

        list.Loaded();
        return true;
    }
}

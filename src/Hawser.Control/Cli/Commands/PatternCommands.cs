using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Model;
using Hawser.Expressions.Patterns;

namespace Hawser.Control.Cli.Commands;

/// <summary>Lists of patterns and maps: shown, changed line by line, or replaced as a whole by a prepared version.</summary>
internal static class PatternCommands
{
    private static readonly Kind s_map = new(IsMap: true, "map", "a map", "Unknown map identifier. Please use #<id> or <file>.", "Missing map identifier");
    private static readonly Kind s_acl = new(IsMap: false, "acl", "an acl", "Unknown ACL identifier. Please use #<id> or <file>.", "Missing ACL identifier");

    public static IEnumerable<CommandRow> Rows => [.. RowsOf(s_map), .. RowsOf(s_acl), SetMap];

    /// <summary>Maps and ACLs have the same commands, and each its own words.</summary>
    private sealed record Kind(bool IsMap, string Name, string Article, string Unknown, string Missing);

    private static CommandRow SetMap =>
        CommandRow.Simple("set map", "change the value of a map's entries", CliLevel.Admin, Set, "<map> [<key>|#<ref>] <value>");

    private static CommandRow[] RowsOf(Kind kind)
    {
        string name = kind.Name;
        return
        [
            CommandRow.Long($"show {name}", $"the {name}s, or the entries of one", CliLevel.Admin, call => Show(call, kind), $"[[@<ver>] <{name}>]"),
            CommandRow.Simple($"get {name}", $"what matches a value in {kind.Article}", CliLevel.Admin, call => Get(call, kind), $"<{name}> <value>"),
            CommandRow.Simple($"add {name}", $"add an entry to {kind.Article}", CliLevel.Admin, call => Add(call, kind),
                kind.IsMap ? "[@<ver>] <map> <key> <val>" : "[@<ver>] <acl> <pattern>"),
            CommandRow.Simple($"del {name}", $"delete entries of {kind.Article}", CliLevel.Admin, call => Delete(call, kind), $"<{name}> [<key>|#<ref>]"),
            CommandRow.Simple($"clear {name}", $"delete all entries of {kind.Article}", CliLevel.Admin, call => Clear(call, kind), $"[@<ver>] <{name}>"),
            CommandRow.Simple($"prepare {name}", $"begin a new version of {kind.Article}", CliLevel.Admin, call => Prepare(call, kind), $"<{name}>"),
            CommandRow.Simple($"commit {name}", $"make a prepared version of {kind.Article} the current one", CliLevel.Admin, call => Commit(call, kind),
                $"@<ver> <{name}>"),
        ];
    }

    private static IEnumerator<CliPause>? Show(CliCall call, Kind kind)
    {
        if (call.Arguments.IsEmpty)
            return ShowAll(call, kind);
        int next = 0;
        uint? version = ReadVersion(call, ref next);
        return Find(call, kind, call.Argument(next)) is { } list ? ShowLines(call, list, version ?? list.Version) : null;
    }

    private static IEnumerator<CliPause> ShowAll(CliCall call, Kind kind)
    {
        call.Output.WriteLine("# id (file) description");
        List<PatternList> lists = [.. call.Context.Set.Expressions.Patterns.All];
        lists.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        foreach (PatternList list in lists)
        {
            if (list.IsMap != kind.IsMap)
                continue;
            call.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{list.Id} ({list.Name}) {list.Description}. curr_ver={list.Version} next_ver={list.NextVersion} entry_cnt={list.CountOfAll}"));
            yield return CliPause.Room;
        }
    }

    private static IEnumerator<CliPause> ShowLines(CliCall call, PatternList list, uint version)
    {
        foreach (PatternLine line in list.LinesOf(version))
        {
            call.Output.Write($"0x{line.Order:x} {line.Key}");
            if (line.ValueText is { } value)
                call.Output.Write($" {value}");
            call.Output.Write((byte)'\n');
            yield return CliPause.Room;
        }
    }

    private static void Get(CliCall call, Kind kind)
    {
        if (call.Argument(1).Length == 0)
            call.Error($"{kind.Missing} and/or key.");
        else if (Find(call, kind, call.Argument(0)) is { } list)
            PatternLookup.Write(call.Output, list, call.Argument(1));
    }

    private static void Add(CliCall call, Kind kind)
    {
        int next = 0;
        uint? version = ReadVersion(call, ref next);
        bool hasPayload = kind.IsMap && !string.IsNullOrEmpty(call.Payload);
        if (!kind.IsMap && call.Argument(next + 1).Length == 0)
        {
            call.Error("'add acl' expects two parameters: ACL identifier and pattern.");
            return;
        }

        if (kind.IsMap && (hasPayload ? call.Argument(next).Length == 0 : call.Argument(next + 2).Length == 0))
        {
            call.Error("'add map' expects three parameters (map identifier, key and value) or one parameter (map identifier) and a payload");
            return;
        }

        if (!kind.IsMap && IsMapName(call, call.Argument(next)))
        {
            call.Error("This ACL is shared with a map containing samples. You must use the command 'add map' to add values.");
            return;
        }

        if (Find(call, kind, call.Argument(next)) is not { } list)
            return;
        if (version > list.NextVersion)
        {
            call.Error("Version number in the future, please use 'prepare map' before.");
            return;
        }

        string? problem = hasPayload
            ? AddLines(list, version, call.Payload!)
            : AddLine(list, version, call.Argument(next + 1), kind.IsMap ? call.Argument(next + 2) : null);
        if (problem is not null)
            call.Error(problem);
    }

    /// <summary>Line by line; what was added before a bad line stays, as in HAProxy.</summary>
    private static string? AddLines(PatternList list, uint? version, string payload)
    {
        foreach (string text in payload.Split('\n'))
        {
            ReadOnlySpan<char> line = text.AsSpan().TrimEnd('\r').TrimStart(" \t");
            if (line.IsEmpty)
                continue;
            int blank = line.IndexOfAny(' ', '\t');
            string key = (blank < 0 ? line : line[..blank]).ToString();
            string value = blank < 0 ? "" : line[blank..].TrimStart(" \t").ToString();
            if (value.Length == 0)
                return $"Missing value for key '{key}'.";
            if (AddLine(list, version, key, value) is { } problem)
                return problem;
        }

        return null;
    }

    private static string? AddLine(PatternList list, uint? version, string key, string? value)
    {
        if (version is { } prepared && prepared != list.Version)
            return list.TryAdd(prepared, key, value) ? null : "Version number out of range.";
        return list.Add(key, value) is { } problem ? problem + "." : null;
    }

    private static void Delete(CliCall call, Kind kind)
    {
        string key = call.Argument(1);
        if (key.Length == 0)
        {
            call.Error($"This command expects two parameters: {(kind.IsMap ? "map" : "ACL")} identifier and key.");
            return;
        }

        if (Find(call, kind, call.Argument(0)) is not { } list)
            return;
        bool isDone = TryReadReference(key, out long order) ? list.RemoveLine(order) : list.Remove(key) > 0;
        if (!isDone)
            call.Error("Key not found.");
    }

    private static void Set(CliCall call)
    {
        string value = call.Argument(2);
        if (value.Length == 0)
        {
            call.Error("'set map' expects three parameters: map identifier, key and value.");
            return;
        }

        if (Find(call, s_map, call.Argument(0)) is not { } list)
            return;
        string key = call.Argument(1);
        bool isReference = TryReadReference(key, out long order);
        string? problem = list.Change(isReference ? order : null, key, value, out bool isFound);
        if (problem is not null)
            call.Error(problem + ".");
        else if (!isFound)
            call.Error(isReference ? "key or pattern not found." : "entry not found.");
    }

    private static void Clear(CliCall call, Kind kind)
    {
        int next = 0;
        uint? version = ReadVersion(call, ref next);
        if (call.Argument(next).Length == 0)
            call.Error($"{kind.Missing}.");
        else if (Find(call, kind, call.Argument(next)) is { } list)
            list.Clear(version ?? list.Version);
    }

    private static void Prepare(CliCall call, Kind kind)
    {
        if (Find(call, kind, call.Argument(0)) is { } list)
            call.Info($"New version created: {list.Prepare()}");
    }

    private static void Commit(CliCall call, Kind kind)
    {
        if (!call.Argument(0).StartsWith('@'))
        {
            call.Error("Missing version number.");
            return;
        }

        int next = 0;
        uint? version = ReadVersion(call, ref next);
        if (Find(call, kind, call.Argument(1)) is not { } list)
            return;
        if (version is not { } wanted || wanted == list.Version)
            call.Error("Version number out of range.");
        else if (list.Commit(wanted) is { } problem)
            call.Error(problem.EndsWith('.') ? problem : problem + ".");
    }

    /// <summary>"@ver" before the list; null when there is none.</summary>
    private static uint? ReadVersion(CliCall call, ref int next)
    {
        string text = call.Argument(next);
        if (!text.StartsWith('@'))
            return null;
        next++;
        return uint.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out uint version) ? version : 0;
    }

    /// <summary>"#0x12": a line, as "show map" names it.</summary>
    private static bool TryReadReference(string text, out long order)
    {
        order = 0;
        return text.StartsWith("#0x", StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out order);
    }

    private static bool IsMapName(CliCall call, string name)
    {
        foreach (PatternList list in call.Context.Set.Expressions.Patterns.All)
        {
            if (list.IsMap && list.Name == name)
                return true;
        }

        return false;
    }

    /// <summary>By "#id" or by the file's name; null when there is none, which the client has been told.</summary>
    private static PatternList? Find(CliCall call, Kind kind, string reference)
    {
        bool isId = reference.StartsWith('#');
        foreach (PatternList list in call.Context.Set.Expressions.Patterns.All)
        {
            if (list.IsMap != kind.IsMap)
                continue;
            bool isIt = isId
                ? int.TryParse(reference.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id == list.Id
                : list.Name.Length > 0 && list.Name == reference;
            if (isIt)
                return list;
        }

        call.Error(kind.Unknown);
        return null;
    }
}

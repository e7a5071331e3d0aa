using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Keywords;

namespace Hawser.Config.Lint.Views;

/// <summary>
/// Server lines of a section with the default-server lines that apply to each, named ones and <c>from</c> included
/// (manual, 5.2). Sections are read in file order: a line can name servers of those before it.
/// </summary>
internal sealed class ServerReader
{
    private const string DefaultServer = "default-server";
    private const string Name = "name";
    private const string From = "from";
    private const string Nothing = "none";
    private const string OfBackend = "be:";
    private const string OfServers = "srv:";

    private readonly Dictionary<string, ServerReader> _sections;
    private readonly List<ServerView> _servers = [];
    private readonly Dictionary<string, LineOptions> _named = new(StringComparer.Ordinal);
    private LineOptions _base = new();

    private ServerReader(Dictionary<string, ServerReader> sections) => _sections = sections;

    /// <param name="inherited">Whose unnamed default-server lines begin; named ones are not inherited.</param>
    /// <param name="sections">The readers of the sections before, by name; this one is added.</param>
    public static ImmutableArray<ServerView> Read(
        string section, IEnumerable<Statement> inherited, IEnumerable<Statement> own, Dictionary<string, ServerReader> sections)
    {
        ServerReader reader = new(sections);
        sections.TryAdd(section, reader);
        foreach (Statement line in inherited)
        {
            if (IsDefaults(line) && !IsNamed(line)) reader.ReadDefaults(line);
        }
        foreach (Statement line in own)
        {
            if (IsDefaults(line)) reader.ReadDefaults(line);
            else if (ServerView.IsServerLine(line)) reader._servers.Add(reader.ReadServer(line));
        }
        return [.. reader._servers];
    }

    /// <summary>True when what applies to a server cannot be told from the unnamed default-server lines before it.</summary>
    public static bool NamesOrigin(Statement line) =>
        (IsDefaults(line) && (IsNamed(line) || line.Text(1) == From))
        || (ServerView.IsServerLine(line) && line.Text(ServerView.OptionsAt(line)) == From);

    /// <summary>A default-server line that has a name.</summary>
    public static bool IsNamed(Statement line) => line.Is(DefaultServer) && line.Text(1) == Name;

    private static bool IsDefaults(Statement line) => line.Is(DefaultServer) && !line.IsNegated;

    private void ReadDefaults(Statement line)
    {
        string? name = IsNamed(line) ? line.Text(2) : null;
        int at = name is null ? 1 : 3;
        LineOptions options = name is null ? _base : _named.GetValueOrDefault(name) ?? new LineOptions();
        if (line.Text(at) == From)
        {
            options = Find(line.Text(at + 1)).Inherit();
            at += 2;
        }
        if (at < line.Count) options.Read(line.Words[at..], ServerOptions.Table);
        if (name is null) _base = options;
        else _named[name] = options;
    }

    private ServerView ReadServer(Statement line)
    {
        int at = ServerView.OptionsAt(line);
        return line.Text(at) == From
            ? new ServerView(line, Find(line.Text(at + 1)), at + 2)
            : new ServerView(line, _base, at);
    }

    /// <summary>What is not found has been reported by the reader, and counts as nothing.</summary>
    private LineOptions Find(string origin)
    {
        if (origin.StartsWith(OfBackend, StringComparison.Ordinal))
            return origin == OfBackend ? _base : _sections.GetValueOrDefault(origin[OfBackend.Length..])?._base ?? new LineOptions();
        if (origin == Nothing || !origin.StartsWith(OfServers, StringComparison.Ordinal)) return new LineOptions();
        string path = origin[OfServers.Length..];
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        ServerReader? section = slash > 0 ? _sections.GetValueOrDefault(path[..slash]) : this;
        return section?.FindServer(path[(slash + 1)..]) ?? new LineOptions();
    }

    private LineOptions? FindServer(string name) =>
        _named.GetValueOrDefault(name) ?? _servers.Find(server => server.Name.Text == name)?.Options;
}

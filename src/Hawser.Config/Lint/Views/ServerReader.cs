using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Keywords;

namespace Hawser.Config.Lint.Views;

/// <summary>Server lines of a section with the default-server lines that apply to each, named ones included.</summary>
internal sealed class ServerReader
{
    private const string DefaultServer = "default-server";
    private const string Name = "name";
    private const string From = "from";
    private const string Nothing = "none";
    private const string OfServers = "srv:";

    private readonly List<ServerView> _servers = [];
    private readonly Dictionary<string, LineOptions> _named = new(StringComparer.Ordinal);
    private LineOptions _base = new();

    /// <param name="lines">Inherited ones first.</param>
    public static ImmutableArray<ServerView> Read(IEnumerable<Statement> lines)
    {
        ServerReader reader = new();
        foreach (Statement line in lines)
        {
            if (line.Is(DefaultServer) && !line.IsNegated) reader.ReadDefaults(line);
            else if (ServerView.IsServerLine(line)) reader._servers.Add(new ServerView(line, reader.Start(line)));
        }
        return [.. reader._servers];
    }

    private void ReadDefaults(Statement line)
    {
        int first = 1;
        string? name = null;
        if (line.Text(first) == Name && line.Count > first + 1)
        {
            name = line.Text(first + 1);
            first += 2;
        }
        LineOptions options = name is null ? _base : _named.GetValueOrDefault(name) ?? _base.Inherit();
        if (line.Text(first) == From && line.Count > first + 1)
        {
            options = Start(line).Inherit();
            first += 2;
        }
        options.Read(line.Words[first..], ServerOptions.Table);
        if (name is null) _base = options;
        else _named[name] = options;
    }

    /// <summary>What the line's <c>from</c> names; without one, the unnamed default-server.</summary>
    private LineOptions Start(Statement line)
    {
        int at = line.IndexOf(From);
        string origin = at > 0 ? line.Text(at + 1) : "";
        if (origin == Nothing) return new LineOptions();
        return origin.StartsWith(OfServers, StringComparison.Ordinal)
            ? _named.GetValueOrDefault(origin[OfServers.Length..]) ?? _base
            : _base;
    }
}

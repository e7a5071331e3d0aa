using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>A defaults, frontend, backend or listen section: its own lines, and before them those it inherits.</summary>
public sealed class ProxyView
{
    private const string TcpMode = "tcp";

    private static readonly Dictionary<string, string> OlderTimeouts = new(StringComparer.Ordinal)
    {
        ["client"] = "clitimeout",
        ["server"] = "srvtimeout",
        ["connect"] = "contimeout",
    };

    /// <summary>The last line in effect by its first word, and by its first two.</summary>
    private readonly Dictionary<(string First, string? Second), Statement> _last = [];

    /// <param name="servers">Of the backends before this one.</param>
    internal ProxyView(
        Word keyword, Word? name, ImmutableArray<Statement> inherited, ImmutableArray<Statement> own,
        Dictionary<string, ServerReader> servers)
    {
        Keyword = keyword.Text;
        Name = name ?? keyword;
        Own = own;
        All = inherited.AddRange(own);
        foreach (Statement line in All)
        {
            _last[(line.Text(0), null)] = line;
            _last[(line.Text(0), line.Text(1))] = line;
        }
        Mode = Setting("mode")?.Text(1) is { Length: > 0 } mode ? mode : TcpMode;
        Acls = [.. All.Select(AclView.Read).OfType<AclView>()];
        if (HasBackend) Servers = ServerReader.Read(Name.Text, inherited, own, servers);
        if (HasFrontend) Binds = [.. Own.Where(static line => line.Is("bind")).Select(static line => new BindView(line, 1))];
    }

    /// <summary>The word that opened the section.</summary>
    public string Keyword { get; }

    /// <summary>The section's name; the keyword when it has none.</summary>
    public Word Name { get; }

    public string Mode { get; }

    public bool HasFrontend => Keyword is "frontend" or "listen";

    public bool HasBackend => Keyword is "backend" or "listen";

    /// <summary>False when it inherits from a section that does not exist: what is missing may stand there.</summary>
    public bool IsComplete { get; init; } = true;

    public bool IsHttp => Mode == "http";

    public bool IsTcp => Mode == TcpMode;

    /// <summary>Lines of this very section.</summary>
    public ImmutableArray<Statement> Own { get; }

    /// <summary>Lines in effect, inherited ones first.</summary>
    public ImmutableArray<Statement> All { get; }

    public ImmutableArray<AclView> Acls { get; }

    public ImmutableArray<ServerView> Servers { get; } = [];

    public ImmutableArray<BindView> Binds { get; } = [];

    /// <summary>"frontend 'web'".</summary>
    public string Title => $"{Keyword} '{Name.Text}'";

    public bool IsPublic => Binds.Any(static bind => bind.IsPublic);

    /// <summary>The line in effect of a keyword that later lines overwrite; null when there is none or it was undone.</summary>
    public Statement? Setting(string first, string? second = null)
    {
        Statement? line = _last.GetValueOrDefault((first, second));
        return line is { IsNegated: false } ? line : null;
    }

    public Statement? Option(string name) => Setting("option", name);

    public bool HasOption(string name) => Option(name) is not null;

    /// <summary>Null when it is not set; see <see cref="TimeoutView.Milliseconds"/> for zero.</summary>
    public TimeoutView? Timeout(string name)
    {
        Statement? line = _last.GetValueOrDefault(("timeout", name));
        if (OlderTimeouts.TryGetValue(name, out string? older) && _last.TryGetValue((older, null), out Statement? old)
            && (line is null || All.IndexOf(old) > All.IndexOf(line)))
        {
            return TimeoutView.Read(old, 1);
        }
        return line is null ? null : TimeoutView.Read(line, 2);
    }

    /// <summary>Null when unset or zero: nothing ends the wait.</summary>
    public TimeoutView? FiniteTimeout(string name) => Timeout(name) is { Milliseconds: > 0 } timeout ? timeout : null;

    /// <summary>Lines in effect that begin with this word.</summary>
    public IEnumerable<Statement> Lines(string first) => All.Where(line => !line.IsNegated && line.Is(first));

    /// <summary>Lines in effect that begin with these words.</summary>
    public IEnumerable<Statement> Lines(string first, string second) =>
        All.Where(line => !line.IsNegated && line.Is(first, second));
}

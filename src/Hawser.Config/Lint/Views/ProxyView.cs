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

    private static readonly Dictionary<string, string[]> OlderTimeouts = new(StringComparer.Ordinal)
    {
        ["client"] = ["clitimeout"],
        ["server"] = ["srvtimeout"],
        ["connect"] = ["contimeout"],
    };

    internal ProxyView(Word keyword, Word? name, ImmutableArray<Statement> inherited, ImmutableArray<Statement> own)
    {
        Keyword = keyword.Text;
        Name = name ?? keyword;
        Own = own;
        All = inherited.AddRange(own);
        Mode = Setting("mode")?.Text(1) is { Length: > 0 } mode ? mode : TcpMode;
        Acls = [.. All.Select(AclView.Read).OfType<AclView>()];
        if (HasBackend) Servers = ServerReader.Read(All);
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
        for (int index = All.Length - 1; index >= 0; index--)
        {
            Statement line = All[index];
            if (line.Is(first) && (second is null || line.Text(1) == second)) return line.IsNegated ? null : line;
        }
        return null;
    }

    public Statement? Option(string name) => Setting("option", name);

    public bool HasOption(string name) => Option(name) is not null;

    /// <summary>Null when it is not set; see <see cref="TimeoutView.Milliseconds"/> for zero.</summary>
    public TimeoutView? Timeout(string name)
    {
        OlderTimeouts.TryGetValue(name, out string[]? older);
        for (int index = All.Length - 1; index >= 0; index--)
        {
            Statement line = All[index];
            if (line.Is("timeout", name)) return TimeoutView.Read(line, 2);
            if (older is not null && older.Contains(line.Text(0))) return TimeoutView.Read(line, 1);
        }
        return null;
    }

    /// <summary>Null when unset or zero: nothing ends the wait.</summary>
    public TimeoutView? FiniteTimeout(string name) => Timeout(name) is { Milliseconds: > 0 } timeout ? timeout : null;

    /// <summary>Lines in effect that begin with this word.</summary>
    public IEnumerable<Statement> Lines(string first) => All.Where(line => !line.IsNegated && line.Is(first));

    /// <summary>Lines in effect that begin with these words.</summary>
    public IEnumerable<Statement> Lines(string first, string second) =>
        All.Where(line => !line.IsNegated && line.Is(first, second));
}

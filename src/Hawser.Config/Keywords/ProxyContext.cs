using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;

namespace Hawser.Config.Keywords;

/// <summary>A setting that means something in http mode only.</summary>
/// <param name="Sections">The sides that HAProxy looks at it on.</param>
/// <param name="Awaits">See <see cref="KeywordRow{TContext}.Awaits"/>.</param>
public readonly record struct HttpOnlyUse(
    string Name, HttpOnlyWarning Warning, SectionSet Sections, Origin Origin, bool IsImplemented, string? Awaits)
{
    public static HttpOnlyUse Of(KeywordRow<ProxyContext> row, Origin origin) =>
        new(row.Name, row.HttpOnly, row.Sections, origin, row.Status == KeywordStatus.Implemented, row.Awaits);
}

/// <summary>A <c>log</c> line of a proxy; no target means <c>log global</c>.</summary>
public readonly record struct ProxyLogLine(LogTargetConfig? Target, Origin Origin);

/// <summary>A timeout that was set, and those set before it: sections share the tail that they inherit.</summary>
public sealed record TimeoutSetting(string Name, int Milliseconds, TimeoutSetting? Before)
{
    /// <summary>0 when it was not set.</summary>
    public static int Find(TimeoutSetting? last, string name)
    {
        for (TimeoutSetting? setting = last; setting is not null; setting = setting.Before)
        {
            if (setting.Name == name) return setting.Milliseconds;
        }
        return 0;
    }
}

/// <summary>What keywords of one proxy or defaults section write to; a proxy starts as a copy of its defaults.</summary>
public sealed class ProxyContext
{
    private TimeoutsConfig? _ownTimeouts;
    private ImmutableArray<RuleConfig> _inheritable;

    private static readonly AddressConfig NoAddress = new() { Text = "", Kind = AddressKind.HostName };

    public required ProxyConfig Proxy { get; set; }

    /// <summary>What lines of this section may read.</summary>
    public NamedFiles Files { get; init; } = NamedFiles.None;
    /// <summary>A server with the documented defaults; nobody writes to it.</summary>
    public static ServerConfig UnsetServer { get; } = new() { Name = "", Address = NoAddress, Origin = Origin.None };

    /// <summary>Template of the servers that follow (<c>default-server</c>).</summary>
    public ServerConfig DefaultServer { get; set; } = UnsetServer;

    /// <summary>Templates that have a name; a section inherits none.</summary>
    public Dictionary<string, ServerConfig> NamedDefaults { get; } = new(StringComparer.Ordinal);

    /// <summary>One for all sections of a configuration.</summary>
    public ProxyDirectory Proxies { get; init; } = new();

    public List<BindConfig> Binds { get; } = [];
    public List<ServerConfig> Servers { get; } = [];
    public List<ProxyLogLine> Logs { get; private init; } = [];
    public List<HttpOnlyUse> HttpOnlyUses { get; private init; } = [];

    /// <summary>Where <c>mode</c> was set; none: the default, tcp.</summary>
    public Origin ModeOrigin { get; set; } = Origin.None;

    /// <summary>The <c>option tcplog</c> or one of its siblings that is in effect, if it is not <c>log-format</c>.</summary>
    public Origin LogFormatOrigin { get; set; } = Origin.None;

    /// <summary>A line that shows the description of the global section, which has to be there.</summary>
    public Origin DescriptionNeeds { get; set; } = Origin.None;

    /// <summary>Timeouts set so far, those of the defaults included; the latest first.</summary>
    public TimeoutSetting? Timeouts { get; set; }

    /// <summary>The timeouts that the section began with.</summary>
    public TimeoutSetting? InheritedTimeouts { get; private init; }

    /// <summary>Rules of a defaults section.</summary>
    public InheritedRules Rules { get; set; }

    /// <summary>A bit for each <see cref="RuleSetKind"/> that a line of this section itself belongs to.</summary>
    public int OwnRuleSets { get; set; }

    /// <summary>Sides that have taken over the rules of this defaults section.</summary>
    public SectionSet RuleUsers { get; set; }

    /// <summary>How many diagnostics there were when the section began.</summary>
    public int FirstDiagnostic { get; init; }

    /// <summary>A line of this section was wrong: what it would have defined is missing, and that is no second mistake.</summary>
    public bool HasErrors { get; set; }

    /// <summary>Lines of this section, and of those it inherits from, that were refused.</summary>
    public Refusals Refusals { get; private init; } = new();

    /// <summary>"Not implemented yet" of lines in a mode that is missing as a whole.</summary>
    public List<Diagnostic> HeldBack { get; private init; } = [];

    /// <summary>Rules in the spelling of older releases, which the section's end puts in their place.</summary>
    internal List<LegacyRuleLine> LegacyRules { get; } = [];

    public SectionSet Section => Proxy.Kind switch
    {
        ProxyKind.Frontend => SectionSet.Frontend,
        ProxyKind.Backend => SectionSet.Backend,
        ProxyKind.Listen => SectionSet.Listen,
        _ => SectionSet.Defaults,
    };

    /// <summary>The word that opened the section.</summary>
    public string SectionName => Proxy.Kind.ToString().ToLowerInvariant();

    /// <summary>"frontend", "backend", "proxy": how HAProxy calls it in messages.</summary>
    public string KindName => Proxy.Kind switch
    {
        ProxyKind.Frontend => "frontend",
        ProxyKind.Backend => "backend",
        ProxyKind.Defaults => "defaults",
        _ => "proxy",
    };

    /// <summary>The timeouts, to be written to: the section's own copy of what it inherited.</summary>
    public TimeoutsConfig OwnTimeouts()
    {
        if (_ownTimeouts is null)
        {
            _ownTimeouts = Proxy.Timeouts with { };
            Proxy = Proxy with { Timeouts = _ownTimeouts };
        }
        return _ownTimeouts;
    }

    /// <summary>Those of this section as the sections below have them: one list for all of them.</summary>
    private ImmutableArray<RuleConfig> InheritableRules()
    {
        if (_inheritable.IsDefault || _inheritable.Length != Proxy.Rules.Length)
            _inheritable = [.. Proxy.Rules.Select(static rule => rule with { IsInherited = true })];
        return _inheritable;
    }

    /// <summary>A new section that inherits everything set here.</summary>
    public ProxyContext Inherit(string name, ProxyKind kind, Origin origin, int firstDiagnostic) => new()
    {
        Proxy = Proxy with { Name = name, Kind = kind, Origin = origin, Rules = InheritableRules() },
        Files = Files,
        DefaultServer = DefaultServer,
        Proxies = Proxies,
        Logs = [.. Logs],
        HttpOnlyUses = [.. HttpOnlyUses],
        HeldBack = [.. HeldBack],
        Timeouts = Timeouts,
        InheritedTimeouts = Timeouts,
        Refusals = Refusals.Inherit(),
        ModeOrigin = ModeOrigin,
        DescriptionNeeds = DescriptionNeeds,
        LogFormatOrigin = LogFormatOrigin,
        FirstDiagnostic = firstDiagnostic,
    };
}

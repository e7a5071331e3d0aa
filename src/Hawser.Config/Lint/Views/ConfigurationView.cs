using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>All files as sections of lines, with inheritance resolved; what the rules of lint look at.</summary>
public sealed class ConfigurationView
{
    private readonly Dictionary<string, ProxyView> _backends = new(StringComparer.Ordinal);
    private readonly Dictionary<ProxyView, List<ProxyView>> _sources = [];
    private readonly Dictionary<ProxyView, ImmutableArray<ProxyView>> _targets = [];

    internal ConfigurationView(ImmutableArray<SectionView> sections, ImmutableArray<ProxyView> defaults, ImmutableArray<ProxyView> proxies)
    {
        Sections = sections;
        Defaults = defaults;
        Proxies = proxies;
        Global = [.. sections.Where(static section => section.Keyword.Text == "global").SelectMany(static section => section.Lines)];
        foreach (ProxyView proxy in proxies.Where(static proxy => proxy.HasBackend)) _backends.TryAdd(proxy.Name.Text, proxy);
        foreach (ProxyView proxy in proxies.Where(static proxy => proxy.HasFrontend)) Connect(proxy);
    }

    public ImmutableArray<SectionView> Sections { get; }

    /// <summary>Lines of all global sections.</summary>
    public ImmutableArray<Statement> Global { get; }

    public ImmutableArray<ProxyView> Defaults { get; }

    /// <summary>Frontends, backends and listens, in file order.</summary>
    public ImmutableArray<ProxyView> Proxies { get; }

    public IEnumerable<ProxyView> Frontends => Proxies.Where(static proxy => proxy.HasFrontend);

    public IEnumerable<ProxyView> Backends => Proxies.Where(static proxy => proxy.HasBackend);

    /// <summary>Some rule computes the backend's name: any backend may be meant.</summary>
    public bool HasDynamicTargets { get; private set; }

    public ProxyView? FindBackend(string name) => _backends.GetValueOrDefault(name);

    /// <summary>Backends that a frontend names; a listen section reaches itself.</summary>
    public ImmutableArray<ProxyView> TargetsOf(ProxyView frontend) => _targets.GetValueOrDefault(frontend, []);

    /// <summary>Frontends that name a backend.</summary>
    public IReadOnlyList<ProxyView> SourcesOf(ProxyView backend) => _sources.GetValueOrDefault(backend, []);

    /// <summary>Ways a session can take: each frontend with each backend that it names.</summary>
    public IEnumerable<(ProxyView Front, ProxyView Back)> Routes =>
        from front in Frontends from back in TargetsOf(front) select (front, back);

    /// <summary>The line in effect of a global setting; null when there is none.</summary>
    public Statement? GlobalSetting(string keyword)
    {
        for (int index = Global.Length - 1; index >= 0; index--)
        {
            if (Global[index].Is(keyword)) return Global[index].IsNegated ? null : Global[index];
        }
        return null;
    }

    /// <summary>Null when it is not set, or not to a number.</summary>
    public long? GlobalNumber(string keyword) =>
        GlobalSetting(keyword) is { Count: > 1 } line && NumberText.TryParse(line[1].Text, out long value) ? value : null;

    private void Connect(ProxyView frontend)
    {
        List<ProxyView> targets = [];
        if (frontend.HasBackend) targets.Add(frontend);
        foreach (Statement line in frontend.Lines("use_backend")) Connect(line.Text(1), targets);
        if (frontend.Setting("default_backend") is { } fallback) Connect(fallback.Text(1), targets);
        _targets[frontend] = [.. targets];
        foreach (ProxyView target in targets)
        {
            if (!_sources.TryGetValue(target, out List<ProxyView>? sources)) _sources[target] = sources = [];
            sources.Add(frontend);
        }
    }

    private void Connect(string name, List<ProxyView> targets)
    {
        if (name.Contains('%', StringComparison.Ordinal)) HasDynamicTargets = true;
        else if (FindBackend(name) is { } target && !targets.Contains(target)) targets.Add(target);
    }
}

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Hawser.Config.Binding;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>Gathers statements into sections and resolves which defaults apply (manual, 4).</summary>
public sealed class ConfigurationViewBuilder
{
    private const string From = "from";

    private readonly List<SectionView> _sections = [];
    private readonly List<Statement> _lines = [];
    private ImmutableArray<Word> _header = [];

    /// <summary>The next statement, in the order of reading.</summary>
    public void Add(IReadOnlyList<Word> words)
    {
        if (_header.Length > 0 && words[0].Origin.File != _header[0].Origin.File) Close();
        if (SectionNames.Find(words[0].Text) != SectionKind.None)
        {
            Close();
            _header = [.. words];
        }
        else if (_header.Length > 0) _lines.Add(new Statement(words));
    }

    public ConfigurationView Build()
    {
        Close();
        List<ProxyView> defaults = [];
        List<ProxyView> proxies = [];
        Dictionary<string, ProxyView> named = new(StringComparer.Ordinal);
        Dictionary<string, ServerReader> servers = new(StringComparer.Ordinal);
        ProxyView? latest = null;
        foreach (SectionView section in _sections)
        {
            if (SectionNames.Find(section.Keyword.Text) != SectionKind.Proxy) continue;
            bool isDefaults = section.Keyword.Text == SectionNames.Defaults;
            ProxyView? parent = isDefaults ? null : latest;
            int from = FindFrom(section.Header, isDefaults);
            if (from > 0 && from + 1 < section.Header.Length)
                parent = named.GetValueOrDefault(section.Header[from + 1].Text);
            Word? name = from == 1 ? null : section.Name;
            ProxyView view = new(section.Keyword, name, parent?.All ?? [], section.Lines, servers)
            {
                IsComplete = from < 0 || parent is not null,
            };
            if (!isDefaults) proxies.Add(view);
            else
            {
                defaults.Add(view);
                latest = view;
                if (name is { } known) named[known.Text] = view;
            }
        }
        return new ConfigurationView([.. _sections], [.. defaults], [.. proxies]);
    }

    private static int FindFrom(ImmutableArray<Word> header, bool isDefaults)
    {
        for (int index = isDefaults ? 1 : 2; index < header.Length; index++)
        {
            if (header[index].Text == From) return index;
        }
        return -1;
    }

    private void Close()
    {
        if (_header.Length > 0) _sections.Add(new SectionView(_header, [.. _lines]));
        _header = [];
        _lines.Clear();
    }
}

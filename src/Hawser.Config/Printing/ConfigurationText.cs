using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Printing;

/// <summary>
/// A configuration in effect as lines to compare and to show: what a reload finds changed, and what "show config" prints.
/// Same text, same meaning; where a line comes from does not count.
/// </summary>
public sealed class ConfigurationText
{
    private readonly Dictionary<string, SectionText> _proxies = new(StringComparer.Ordinal);

    private ConfigurationText(ImmutableArray<SectionText> sections)
    {
        Sections = sections;
        foreach (SectionText section in sections)
        {
            if (section.ProxyName is { } name)
                _proxies.TryAdd(Key(section.Keyword, name), section);
        }
    }

    /// <summary>In the order of the files; "defaults" are part of those that inherit them.</summary>
    public ImmutableArray<SectionText> Sections { get; }

    /// <summary>Reads the files once more, for their text.</summary>
    public static ConfigurationText Read(IReadOnlyList<ConfigurationSource> sources, ConfigurationEnvironment environment)
    {
        ConfigurationViewBuilder builder = new();
        _ = ConfigurationReader.Read(sources, environment, builder.Add);
        return Of(builder.Build());
    }

    public static ConfigurationText Of(ConfigurationView view) => new([.. EffectivePrinter.Sections(view)]);

    /// <summary>The lines of a frontend, backend or listen section; null when there is none.</summary>
    public SectionText? Find(string keyword, string name) => _proxies.GetValueOrDefault(Key(keyword, name));

    /// <summary>As a file that reads the same.</summary>
    public string Print()
    {
        StringBuilder text = new();
        foreach (SectionText section in Sections)
        {
            if (text.Length > 0) text.Append('\n');
            text.Append(section.Header).Append('\n');
            foreach (string line in section.Lines) text.Append(EffectivePrinter.Step).Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Key(string keyword, string name) => $"{keyword} {name}";
}

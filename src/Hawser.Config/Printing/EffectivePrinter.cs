using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Printing;

/// <summary>
/// The configuration in effect, in canonical form: no defaults, no conditions, no variables; each proxy with all that
/// applies to it, each server with all its options. Reading it again gives the same model.
/// </summary>
public static class EffectivePrinter
{
    internal const string Step = "    ";

    /// <param name="showsOrigins">Puts the file and line that each setting comes from behind it.</param>
    public static string Print(ConfigurationView view, bool showsOrigins)
    {
        StringBuilder text = new();
        Queue<ProxyView> proxies = new(view.Proxies);
        bool joinsServers = !view.Proxies.Any(static proxy => proxy.HasBackend && proxy.All.Any(ServerReader.NamesOrigin));
        foreach (SectionView section in view.Sections)
        {
            string keyword = section.Keyword.Text;
            if (keyword == SectionNames.Defaults) continue;
            if (text.Length > 0) text.Append('\n');
            bool isProxy = SectionNames.Find(keyword) == SectionKind.Proxy;
            IEnumerable<Word> header = isProxy ? section.Header.Take(2) : section.Header;
            text.Append(WordText.Join(header.Select(static word => word.Text)));
            AppendEnd(text, section.Keyword.Origin, showsOrigins);
            if (isProxy)
            {
                foreach (EffectiveLine line in EffectiveProxy.Lines(proxies.Dequeue(), section.Header, joinsServers))
                    Append(text, line, showsOrigins);
            }
            else
            {
                foreach (Statement line in section.Lines)
                    Append(text, EffectiveLine.Of(line), showsOrigins);
            }
        }
        return text.ToString();
    }

    /// <summary>The same, section by section.</summary>
    internal static IEnumerable<SectionText> Sections(ConfigurationView view)
    {
        Queue<ProxyView> proxies = new(view.Proxies);
        bool joinsServers = !view.Proxies.Any(static proxy => proxy.HasBackend && proxy.All.Any(ServerReader.NamesOrigin));
        foreach (SectionView section in view.Sections)
        {
            string keyword = section.Keyword.Text;
            if (keyword == SectionNames.Defaults) continue;
            bool isProxy = SectionNames.Find(keyword) == SectionKind.Proxy;
            IEnumerable<Word> header = isProxy ? section.Header.Take(2) : section.Header;
            IEnumerable<EffectiveLine> lines = isProxy
                ? EffectiveProxy.Lines(proxies.Dequeue(), section.Header, joinsServers)
                : section.Lines.Select(EffectiveLine.Of);
            yield return new SectionText(
                keyword, isProxy ? section.Name?.Text ?? "" : null, WordText.Join(header.Select(static word => word.Text)),
                [.. lines.Select(static line => WordText.Join(line.Words))]);
        }
    }

    private static void Append(StringBuilder text, EffectiveLine line, bool showsOrigins)
    {
        text.Append(Step).Append(WordText.Join(line.Words));
        AppendEnd(text, line.Origin, showsOrigins);
    }

    private static void AppendEnd(StringBuilder text, Origin origin, bool showsOrigins)
    {
        if (showsOrigins) text.Append("  # ").Append(origin);
        text.Append('\n');
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.CommandLine;
using Hawser.Config.Keywords;
using Hawser.Control.Cli.Commands;
using Hawser.Control.Processes;
using Hawser.Expressions.Acls;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Fetches;

namespace Hawser.Commands;

/// <summary>
/// <c>-dK</c>: names by class; the keywords of a configuration section by section, in the shape of one. What is known and
/// not implemented is not among them.
/// </summary>
internal static class KeywordList
{
    private static readonly string[] s_filters = ["bwlim-in", "bwlim-out"];
    private static readonly string[] s_services = ["prometheus-exporter"];

    public static void Print(KeywordClass classes) =>
        ProcessMessages.WriteAll(StandardStreams.Output, Render(classes));

    public static string Render(KeywordClass classes)
    {
        StringBuilder text = new();
        if (classes.HasFlag(KeywordClass.AclKeywords))
        {
            Names(text, "ACL keywords", AclKeywordRow.All.Select(static row =>
                $"{row.Name} = {row.Fetch} -m {row.Method.ToString().ToLowerInvariant()}"));
        }

        if (classes.HasFlag(KeywordClass.Configuration))
            Configuration(text);
        if (classes.HasFlag(KeywordClass.Commands))
        {
            Names(text, "CLI keywords", CommandList.Create().Rows
                .Where(static row => !row.IsHidden).Select(static row => string.Join(' ', row.Words)));
        }

        if (classes.HasFlag(KeywordClass.Converters))
        {
            Names(text, "sample converter functions", SessionVocabulary.All.Converters.All.Select(static row =>
                $"{row.Name}: {Type(row.Input)} => {Type(row.Output)}"));
        }

        if (classes.HasFlag(KeywordClass.Filters))
            Names(text, "filter names", s_filters);
        if (classes.HasFlag(KeywordClass.Fetches))
            Names(text, "sample fetch functions", SessionVocabulary.All.Fetches.All.Select(static row => $"{row.Name}: {Type(row.Type)}"));
        if (classes.HasFlag(KeywordClass.Services))
            Names(text, "service names", s_services);
        return text.ToString();
    }

    /// <summary>HAProxy's name.</summary>
    private static string Type(SampleType type) => type switch
    {
        SampleType.Boolean => "bool",
        SampleType.Integer => "sint",
        SampleType.Address => "addr",
        SampleType.IPv4 => "ipv4",
        SampleType.IPv6 => "ipv6",
        SampleType.String => "str",
        SampleType.Binary => "bin",
        SampleType.Method => "meth",
        SampleType.Same => "same",
        _ => "any",
    };

    private static void Names(StringBuilder text, string what, IEnumerable<string> names)
    {
        text.Append("# List of registered ").Append(what).Append(":\n");
        foreach (string name in names.Order(StringComparer.Ordinal))
            text.Append(name).Append('\n');
    }

    private static void Configuration(StringBuilder text)
    {
        text.Append("# List of registered configuration keywords:\nglobal\n");
        Append(text, "", GlobalKeywordTable.Table, SectionSet.Global);
        text.Append("listen\n");
        Append(text, "", ProxyKeywordTable.Table, SectionSet.Listen);
        Append(text, "bind <addr> ", BindOptions.Table, SectionSet.None);
        Append(text, "server <name> <addr> ", ServerOptions.Table, SectionSet.None);
    }

    private static void Append<TContext>(
        StringBuilder text, string line, KeywordTable<TContext> table, SectionSet section)
    {
        foreach (KeywordRow<TContext> row in table.Rows.OrderBy(static row => row.Name, StringComparer.Ordinal))
        {
            bool isHere = section == SectionSet.None || (row.Sections & section) != 0;
            if (!isHere || row.Status is KeywordStatus.NotImplemented or KeywordStatus.Removed) continue;
            text.Append('\t').Append(line).Append(row.Name);
            if (row.Usage.Length > 0) text.Append(' ').Append(row.Usage);
            text.Append('\n');
        }
    }
}

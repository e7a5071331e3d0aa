using System;
using System.Linq;
using System.Text;
using Hawser.Config.Keywords;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary><c>-dK</c>: the keywords that a configuration may use, section by section, in the shape of a configuration.</summary>
internal static class KeywordList
{
    public static void Print() =>
        ProcessMessages.WriteAll(StandardStreams.Output, Render());

    public static string Render()
    {
        StringBuilder text = new("# List of registered configuration keywords:\nglobal\n");
        Append(text, "", GlobalKeywordTable.Table, SectionSet.Global);
        text.Append("listen\n");
        Append(text, "", ProxyKeywordTable.Table, SectionSet.Listen);
        Append(text, "bind <addr> ", BindOptions.Table, SectionSet.None);
        Append(text, "server <name> <addr> ", ServerOptions.Table, SectionSet.None);
        return text.ToString();
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

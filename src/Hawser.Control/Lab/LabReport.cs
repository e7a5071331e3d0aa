using System.Text;

namespace Hawser.Control.Lab;

/// <summary>A case in at most 80 columns; the log line is folded between words.</summary>
public static class LabReport
{
    private const int Columns = 80;
    private const string Indent = "    ";

    public static string Heading(LabCase row, string program)
    {
        string onTimeout = row.OnTimeout is null ? "" : $", on-timeout {row.OnTimeout}";
        return $"== {row.Name} ({program})\n{row.Story}\n"
            + $"timeout client {row.TimeoutClientMs}ms, timeout server {row.TimeoutServerMs}ms{onTimeout}\n\n";
    }

    public static string Body(LabResult result, bool hasLedger)
    {
        StringBuilder text = new(result.Timeline.Format());
        text.Append("\nlog\n");
        Fold(text, result.Line?.Text ?? "(no session line)");
        text.Append("ledger\n");
        text.Append("  request  ").Append(result.Request.InWords("client", "server", hasLedger)).Append('\n');
        text.Append("  response ").Append(result.Response.InWords("server", "client", hasLedger)).Append('\n');
        string? difference = result.Difference(hasLedger);
        text.Append(difference is null ? "as described\n\n" : $"NOT AS DESCRIBED: {difference}\n\n");
        return text.ToString();
    }

    private static void Fold(StringBuilder text, string line)
    {
        int column = Columns;
        foreach (string word in line.Split(' '))
        {
            if (column + 1 + word.Length >= Columns)
            {
                if (column != Columns) text.Append('\n');
                text.Append(Indent).Append(word);
                column = Indent.Length + word.Length;
                continue;
            }
            text.Append(' ').Append(word);
            column += 1 + word.Length;
        }
        text.Append('\n');
    }
}

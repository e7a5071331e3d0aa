using System.Text;
using Hawser.CommandLine;

namespace Hawser.Commands;

/// <summary>What <c>-h</c>, a missing file or an unknown switch prints.</summary>
internal static class UsageText
{
    private const int SwitchWidth = 24;

    public static string Create()
    {
        StringBuilder text = new();
        text.Append("Usage : hawser [-f <file|dir>]* [ <switches> ] [-- <file>*]\n");
        foreach (SwitchRow row in SwitchTable.Rows)
        {
            if (row.Help is not null) AppendLine(text, row.Name, row.ArgumentName, row.Help);
        }
        text.Append("\n   or : hawser <command> [ <arguments> ]\n");
        foreach (CommandRow row in CommandTable.Rows) AppendLine(text, row.Name, null, row.Help);
        return text.Append('\n').ToString();
    }

    private static void AppendLine(StringBuilder text, string name, string? argument, string help)
    {
        int start = text.Length;
        text.Append("        ").Append(name);
        if (argument is not null)
        {
            if (!argument.StartsWith('[')) text.Append(' ');
            text.Append(argument);
        }
        text.Append(' ', System.Math.Max(1, start + 8 + SwitchWidth - text.Length));
        text.Append(help).Append('\n');
    }
}

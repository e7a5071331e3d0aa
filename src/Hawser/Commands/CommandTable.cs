using System.Collections.Immutable;

namespace Hawser.Commands;

/// <summary>The commands beside HAProxy's switches. A new one is a row here and a file beside it.</summary>
internal static class CommandTable
{
    public static readonly ImmutableArray<CommandRow> Rows =
    [
        new("demo", "serves two built-in servers behind a proxy, or a file [-f <file>]", DemoCommand.Run),
        new("check", "finds errors as -c does [--format text|json|sarif] <file|dir>...", CheckCommand.Run),
        new("lint", "finds hazards that are legal [--format text|json|sarif] <file|dir>... | --rules", LintCommand.Run),
        new("explain", "puts log lines into words [-f <file>] [--format text|json] ['<line>'], or standard input", ExplainCommand.Run),
        new("fmt", "prints files in canonical layout [-w | --check] <file>...", FormatCommand.Run),
        new("migrate", "prints a file in today's spelling and says what changed <file>", MigrateCommand.Run),
        new("show-config", "prints the settings in effect after defaults [--origins] <file|dir>...", ShowConfigCommand.Run),
        new("plan", "says what a reload with a file would change in the running process [--socket <path>] [--format text|json] <file|dir>", PlanCommand.Run),
        new("version", "displays the version, the build and the features", VersionCommand.Run),
        new("lab", "reproduces how sessions lose bytes and what stops it [--against <haproxy>] [<case>]*", LabCommand.Run),
    ];

    /// <summary>The command with this name; null when the word is not one.</summary>
    public static CommandRow? Find(string word)
    {
        foreach (CommandRow row in Rows)
        {
            if (row.Name == word) return row;
        }
        return null;
    }
}

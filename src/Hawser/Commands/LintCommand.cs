using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint;
using Hawser.Config.Lint.Rules;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// <c>hawser lint FILE…</c>: hazards that are legal. Exit status 0: none, or advice only; 1: at least one hazard;
/// 2: a file, or a line of it, could not be read.
/// </summary>
internal static class LintCommand
{
    private const string RulesSwitch = "--rules";

    public static int Run(string[] arguments)
    {
        ProcessMessages messages = new(FindingReport.ToolName, ProductVersion.Full);
        ReportArguments? read = ReportArguments.Read(arguments, [RulesSwitch], out string error);
        if (read?.Flags.Contains(RulesSwitch) == true)
        {
            ProcessMessages.WriteAll(StandardStreams.Output, ListRules());
            return ExitStatus.Success;
        }
        if (read is null || read.Files.IsEmpty)
        {
            if (read is not null) error = "no file is named";
            ProcessMessages.WriteAll(StandardStreams.Error,
                $"hawser lint: {error}\nUsage: hawser lint {ReportArguments.Usage}\n       hawser lint {RulesSwitch}\n");
            return ExitStatus.Unreadable;
        }
        List<ConfigurationSource>? sources = ConfigurationFiles.Read(read.Files, messages);
        if (sources is null) return ExitStatus.Unreadable;

        Options options = new() { Files = read.Files };
        LintResult result = Linter.Lint(sources, StartEnvironment.Create(options), LintCatalog.Rules);
        FindingReport report = new(ProductVersion.Full, [.. result.Unreadable, .. result.Findings], Describe)
        {
            WaivedCount = result.WaivedCount,
        };
        ReportWriter.Write(report, read.Format, Closing(result));
        if (result.Unreadable.Count > 0) return ExitStatus.Unreadable;
        return result.HazardCount > 0 ? ExitStatus.Failure : ExitStatus.Success;
    }

    private static CodeDescription? Describe(string code) => LintReference.Describe(code) ?? DiagnosticCatalog.Find(code);

    private static string Closing(LintResult result)
    {
        StringBuilder text = new();
        text.Append($"{result.HazardCount} hazards, {result.Findings.Count - result.HazardCount} notes, {result.WaivedCount} waived");
        if (result.Unreadable.Count > 0) text.Append($", {result.Unreadable.Count} lines could not be read");
        if (result.AlertCount > 0) text.Append($"; 'hawser check' finds {result.AlertCount} errors as well");
        return text.ToString();
    }

    private static string ListRules()
    {
        StringBuilder text = new();
        foreach (LintRule rule in LintCatalog.Rules)
            text.Append($"{rule.Id}  {DiagnosticText.NameOf(rule.Severity),-8} {rule.Name}\n");
        return text.ToString();
    }
}

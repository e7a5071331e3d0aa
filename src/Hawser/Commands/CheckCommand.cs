using System.Collections.Generic;
using System.Linq;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// <c>hawser check FILE…</c>: what <c>-c</c> finds, for editors and pipelines: as text that names file, line and column
/// first, as JSON or as SARIF. Exit status 0: the configuration can be used; 1: it cannot; 2: it could not be read.
/// </summary>
internal static class CheckCommand
{
    private const string WarningsAreFatal = "-dW";
    private const string ShowsDiagnostics = "-dD";

    public static int Run(string[] arguments)
    {
        ProcessMessages messages = new(FindingReport.ToolName, ProductVersion.Full);
        ReportArguments? read = ReportArguments.Read(arguments, [WarningsAreFatal, ShowsDiagnostics], out string error);
        if (read is null || read.Files.IsEmpty)
        {
            if (read is not null) error = "no file is named";
            ProcessMessages.WriteAll(StandardStreams.Error,
                $"hawser check: {error}\nUsage: hawser check [{WarningsAreFatal}] [{ShowsDiagnostics}] {ReportArguments.Usage}\n");
            return ExitStatus.Unreadable;
        }
        List<ConfigurationSource>? sources = ConfigurationFiles.Read(read.Files, messages);
        if (sources is null) return ExitStatus.Unreadable;

        Options options = new() { Files = read.Files, WarningsAreFatal = read.Flags.Contains(WarningsAreFatal) };
        ConfigurationResult result = ConfigurationReader.Read(sources, StartEnvironment.Create(options));
        IEnumerable<Diagnostic> findings = result.Diagnostics;
        if (result.Model is { } model)
        {
            ProcessSettings settings = new() { LocalPeer = StartEnvironment.LocalPeer(options) };
            findings = findings.Concat(ProxyComposition.Check(model, settings, result.LineAt));
        }
        bool showsAll = read.Flags.Contains(ShowsDiagnostics);
        FindingReport report = new(
            ProductVersion.Full, [.. findings.Where(item => showsAll || item.Severity != Severity.Diag)], DiagnosticCatalog.Find);
        int errors = report.CountOf(Severity.Alert);
        int warnings = report.CountOf(Severity.Warning);
        ReportWriter.Write(report, read.Format, $"{errors} errors, {warnings} warnings");
        return errors > 0 || result.IsFatal ? ExitStatus.Failure : ExitStatus.Success;
    }
}

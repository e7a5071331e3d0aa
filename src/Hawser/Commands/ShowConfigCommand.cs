using System.Collections.Generic;
using System.Linq;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Config.Printing;
using Hawser.Config.Syntax;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// <c>hawser show-config FILE…</c>: the settings in effect after defaults, conditions and variables. A file with errors
/// is refused as <c>-c</c> does; lines that are only not implemented yet are shown.
/// </summary>
internal static class ShowConfigCommand
{
    private const string OriginsSwitch = "--origins";
    private const string Usage = "Usage: hawser show-config [--origins] <file|dir>...\n";

    public static int Run(string[] arguments)
    {
        FileArguments? read = FileArguments.Read(arguments, [OriginsSwitch], out string error);
        if (read is null)
        {
            ProcessMessages.WriteAll(StandardStreams.Error, $"hawser show-config: {error}\n{Usage}");
            return ExitStatus.Unreadable;
        }
        ProcessMessages messages = new(FindingReport.ToolName, ProductVersion.Full);
        List<ConfigurationSource>? sources = ConfigurationFiles.Read(read.Files, messages);
        if (sources is null) return ExitStatus.Unreadable;
        ConfigurationViewBuilder builder = new();
        ConfigurationResult result = ConfigurationReader.Read(
            sources, StartEnvironment.Create(new Options { Files = read.Files }), builder.Add);
        Diagnostic[] alerts = [.. result.Diagnostics.Where(static item => item.Severity == Severity.Alert)];
        if (alerts.Any(static item => !DiagnosticCodes.IsNotThereYet(item.Code)))
        {
            DiagnosticPrinter.Print(result.Diagnostics, showsDiagnostics: false, messages);
            return ExitStatus.Failure;
        }
        if (alerts.Length > 0)
            messages.Notice($"{alerts.Length} lines are shown that Hawser does not implement yet; 'hawser check' names them");
        bool showsOrigins = read.Flags.Contains(OriginsSwitch);
        StandardStreams.Write(ConfigText.Encode(EffectivePrinter.Print(builder.Build(), showsOrigins)));
        return ExitStatus.Success;
    }
}

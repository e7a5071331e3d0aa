using Hawser.CommandLine;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>A start with switches instead of a command: what HAProxy itself would do with these arguments.</summary>
internal static class StartCommand
{
    private const string ProgramName = "hawser";

    public static int Run(string[] arguments, IProxyProcessBuilder builder)
    {
        ProcessMessages messages = new(ProgramName, ProductVersion.Full);
        OptionsResult result = OptionsReader.Read(arguments);
        switch (result.Outcome)
        {
            case OptionsOutcome.Refused:
                messages.Alert(result.Text);
                return ExitStatus.Failure;
            case OptionsOutcome.Usage:
                return UsageCommand.Run();
            case OptionsOutcome.Version:
                return Print(VersionText.Short());
            case OptionsOutcome.LongVersion:
                return Print(VersionText.Long());
            case OptionsOutcome.ShortVersion:
                return Print(result.Text + "\n");
            case OptionsOutcome.Help:
                return Print(result.Text);
            default:
                return result.Options.Kind == StartKind.Condition
                    ? ConditionCommand.Run(result.Options, messages)
                    : new RunCommand(arguments, result.Options, messages, builder).Run();
        }
    }

    private static int Print(string text)
    {
        ProcessMessages.WriteAll(StandardStreams.Output, text);
        return ExitStatus.Success;
    }
}

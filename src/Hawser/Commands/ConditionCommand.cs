using Hawser.CommandLine;
using Hawser.Config.Syntax;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary><c>-cc</c>: evaluates a condition of the configuration language and tells its value by the exit status.</summary>
internal static class ConditionCommand
{
    public static int Run(Options options, ProcessMessages messages)
    {
        ConditionFacts facts = new(
            new VariableScope(StartEnvironment.Variables(options)),
            ProductVersion.Compatible,
            Features.Working,
            StartEnvironment.EnabledOptions(options),
            TlsLibrary: "");
        ConditionResult result = ConditionText.Evaluate(options.Condition ?? "", facts);
        if (result.Outcome == ConditionOutcome.Error)
        {
            messages.Alert($"Failed to evaluate condition: {result.Message}");
            return ExitStatus.BadCondition;
        }
        return result.Outcome == ConditionOutcome.True ? ExitStatus.Success : ExitStatus.Failure;
    }
}

using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What keywords of a log-profile section write to.</summary>
public sealed class LogProfileContext
{
    public string? Tag { get; set; }

    public List<LogProfileStepConfig> Steps { get; } = [];
}

/// <summary>The keywords of log-profile sections (manual, 8.3.5).</summary>
public static class LogProfileKeywords
{
    private static readonly string[] StepNames = [.. LogSteps.Names, LogSteps.Error, LogSteps.Any];

    public static readonly KeywordTable<LogProfileContext> Table = new(Rows);

    private static IEnumerable<KeywordRow<LogProfileContext>> Rows =>
    [
        new("log-tag", "<string>", SectionSet.Named, KeywordStatus.Implemented, "program name in the header of messages")
        {
            Parse = static (line, context) =>
            {
                if (!line.TryExpect("expects a tag for use in syslog.", out Word tag)) return;
                line.SkipRest();
                context.Tag = tag.Text;
            },
        },
        new("on", "<step> [drop] [format <fmt>] [sd <fmt>]", SectionSet.Named, KeywordStatus.Implemented, "what is logged at a step")
        {
            Parse = ParseStep,
        },
    ];

    private static void ParseStep(LineCursor line, LogProfileContext context)
    {
        if (!line.TryExpect($"expects one of {string.Join(", ", StepNames)}.", out Word step)) return;
        if (!StepNames.Contains(step.Text))
        {
            line.Reject(DiagnosticCodes.BadChoice, step.Origin, $"'on' : unknown logging step '{step.Text}'.",
                Suggestion.Hint(step.Text, StepNames));
            line.SkipRest();
            return;
        }
        LogProfileStepConfig config = new(step.Text, false, null, null, line.KeywordOrigin);
        if (!line.HasMore)
        {
            line.Reject(DiagnosticCodes.MissingArgument, step.Origin, $"'on {step.Text}' expects 'drop', 'format' or 'sd'.");
            return;
        }
        while (line.TryTake(out Word word))
        {
            if (word.Text == "drop" && config.Format is null && config.StructuredData is null)
            {
                // What follows cannot matter any more.
                line.SkipRest();
                config = config with { IsDropped = true };
                break;
            }
            if (word.Text is not ("format" or "sd") || !line.TryTake(out Word text))
            {
                line.Reject(DiagnosticCodes.BadChoice, word.Origin, $"'on {step.Text}' expects 'drop', 'format' or 'sd' with an argument.");
                line.SkipRest();
                return;
            }
            Located<string> format = new(text.Text, text.Origin);
            config = word.Text == "sd" ? config with { StructuredData = format } : config with { Format = format };
        }
        context.Steps.Add(config);
    }
}

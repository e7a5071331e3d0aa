using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Compilation;

/// <summary>Takes one sample.</summary>
/// <returns>False when the source has no such value now; the sample is then meaningless.</returns>
public delegate bool FetchEvaluator(SampleSource source, in FetchArguments arguments, ref Sample sample);

/// <summary>One sample fetch method (manual, sections 7.3.2 to 7.3.7).</summary>
/// <param name="Name">As written in a configuration.</param>
/// <param name="Arguments">What may stand between the parentheses.</param>
/// <param name="Type">What it returns.</param>
/// <param name="AvailableFrom">The earliest step of a session at which the value is final.</param>
/// <param name="Evaluate">A static method: no state but the source's.</param>
/// <param name="Since">First version of HAProxy that has it; empty for those of Hawser's own.</param>
/// <param name="Description">One line for the reference page.</param>
public sealed record FetchRow(
    string Name,
    ArgumentShape Arguments,
    SampleType Type,
    AvailableFrom AvailableFrom,
    FetchEvaluator Evaluate,
    string Since,
    string Description);

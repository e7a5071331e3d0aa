using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Compilation;

/// <summary>
/// Turns a sample into another one. The input has the row's input type. A result that is not part of the input or of an
/// argument is written to <see cref="SampleSource.Scratch"/>, taken with the input's bytes in use.
/// </summary>
/// <returns>False when there is no result; the sample is then meaningless.</returns>
public delegate bool ConverterEvaluator(SampleSource source, Arguments arguments, ref Sample sample);

/// <summary>One converter (manual, section 7.3.1).</summary>
/// <param name="Name">As written in a configuration.</param>
/// <param name="Signature">What may stand between the parentheses.</param>
/// <param name="Input">What it takes; other types are cast to it, or refused when that is impossible.</param>
/// <param name="Output">What it returns; <see cref="SampleType.Same"/> for its input's type.</param>
/// <param name="Evaluate">A static method: no state but the source's.</param>
/// <param name="Since">First version of HAProxy that has it.</param>
/// <param name="Description">One line for the reference page.</param>
public sealed record ConverterRow(
    string Name,
    ArgumentSignature Signature,
    SampleType Input,
    SampleType Output,
    ConverterEvaluator Evaluate,
    string Since,
    string Description)
{
    /// <summary>Looks at the arguments of a use; null when their types say everything.</summary>
    public ArgumentPreparation? Prepare { get; init; }

    /// <summary>
    /// Its result depends on more than its input and arguments (a variable, a map, a counter, the clock) or it has an
    /// effect: never computed when it is compiled.
    /// </summary>
    public bool ReadsSource { get; init; }
}

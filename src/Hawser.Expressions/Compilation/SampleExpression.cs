using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Compilation;

/// <summary>A compiled sample expression: a fetch method with its arguments. Immutable, shared by all loops.</summary>
public sealed class SampleExpression
{
    private readonly FetchRow _row;
    private readonly FetchArguments _arguments;

    internal SampleExpression(FetchRow row, in FetchArguments arguments)
    {
        _row = row;
        _arguments = arguments;
    }

    public FetchRow Row => _row;

    /// <returns>False when the source has no such value now.</returns>
    public bool TryEvaluate(SampleSource source, ref Sample sample) =>
        _row.Evaluate(source, in _arguments, ref sample);
}

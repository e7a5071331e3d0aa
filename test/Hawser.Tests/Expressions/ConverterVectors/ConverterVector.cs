using Xunit;

namespace Hawser.Tests.Expressions.ConverterVectors;

/// <summary>
/// The shape of the tables in this folder: one class per family of converters, one theory over (expression, printed
/// result). A result comes from the manual, from a named independent tool, or from haproxy's own answer; a comment
/// beside the row says which when it is not haproxy.
/// </summary>
public abstract class ConverterVector
{
    protected static void Holds(string expression, string expected) =>
        Assert.Equal(expected, EvaluatedText.Of(expression));
}

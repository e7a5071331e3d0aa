using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Base.Time;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Converters;
using Hawser.Expressions.Fetches;
using Hawser.Expressions.Samples;

namespace Hawser.Tests.Expressions;

/// <summary>
/// Evaluates the text of an expression outside of any proxy and prints the result as haproxy's log-format does: text as
/// it is (bytes as Latin-1), numbers in decimal, "-" for no value and for empty text, "ERROR: …" for what does not
/// compile. Constants are evaluated twice, folded and not, and must agree.
/// </summary>
internal static class EvaluatedText
{
    public static readonly Vocabulary Vocabulary = new(new FetchRows(FetchFamilies.All), ConverterFamilies.All);

    public static readonly Vocabulary UnfoldedVocabulary = new(new FetchRows(Unfolded()), ConverterFamilies.All);

    public static string Of(string expression, params (string Name, string Expression)[] variables) =>
        Of(expression, TokenAlgorithmsAllowed.Default, variables);

    /// <param name="algorithms">Of encrypted tokens.</param>
    public static string Of(string expression, TokenAlgorithmsAllowed algorithms, params (string Name, string Expression)[] variables)
    {
        string folded = Evaluate(expression, Vocabulary, algorithms, variables);
        string unfolded = Evaluate(expression, UnfoldedVocabulary, algorithms, variables);
        return folded == unfolded ? folded : $"folded '{folded}', at run time '{unfolded}'";
    }

    private static string Evaluate(
        string expression, Vocabulary vocabulary, TokenAlgorithmsAllowed algorithms, (string Name, string Expression)[] variables)
    {
        Source source = new();
        CompileContext context = new(vocabulary) { TokenAlgorithms = algorithms };
        foreach ((string name, string value) in variables)
        {
            Sample given = default;
            if (ExpressionCompiler.CompileWhole(value, context, out CompileFinding problem) is not { } constant)
                return $"ERROR: {problem.Message}";
            if (!constant.TryEvaluate(source, ref given)) return $"ERROR: no value for {name}";
            if (Hawser.Expressions.Variables.Variable.Parse(name, context.Variables, out _)?.TrySet(source, in given) != true)
                return $"ERROR: cannot set {name}";
        }

        if (ExpressionCompiler.CompileWhole(expression, context, out CompileFinding finding) is not { } compiled)
            return $"ERROR: {finding.Message}";
        Sample sample = default;
        if (!compiled.TryEvaluate(source, ref sample)) return "-";
        if (!sample.IsBytes && !SampleCasts.TryCast(ref sample, SampleType.String, source.Scratch)) return "-";
        string text = Encoding.Latin1.GetString(sample.Bytes);
        return text.Length == 0 ? "-" : text;
    }

    private static IEnumerable<FetchRow> Unfolded()
    {
        foreach (FetchRow row in FetchFamilies.All) yield return row with { IsConstant = false };
    }

    /// <summary>Variables of every scope, and a clock that stands at 2024-02-29 12:34:56.789012 UTC.</summary>
    public sealed class Source() : SampleSource(new Scratch(16384))
    {
        private readonly VariableStore[] _variables = MakeStores();

        public override UnixTime Now => new(1_709_210_096_789_012);

        public override VariableStore Variables(VariableScope scope) => _variables[(int)scope];

        private static VariableStore[] MakeStores()
        {
            VariableStore[] stores = new VariableStore[(int)VariableScope.Check + 1];
            for (int scope = 0; scope < stores.Length; scope++)
                stores[scope] = new VariableStore(new VariableBudget(null, new VariableRefusals("none", 0)));
            return stores;
        }
    }
}

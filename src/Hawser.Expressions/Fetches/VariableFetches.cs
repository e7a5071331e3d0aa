using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Fetches;

/// <summary>Variables as samples (manual, section 7.3.2).</summary>
public static class VariableFetches
{
    public static FetchRow[] Rows { get; } =
    [
        new(
            "var",
            ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Text),
            SampleType.Any,
            FetchContexts.Anywhere,
            Value,
            "1.6",
            "a variable's value, or the second argument when it is not set")
        {
            Prepare = Prepare,
        },
    ];

    private static string? Prepare(Arguments arguments, CompileContext context)
    {
        arguments.Prepared = Variable.Parse(arguments.String(0), context.Variables, out string? problem);
        return problem;
    }

    private static bool Value(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (((Variable)arguments.Prepared!).TryGet(source, ref sample)) return true;
        if (arguments.Count < 2) return false;
        sample.SetString(arguments.Text(1));
        return true;
    }
}

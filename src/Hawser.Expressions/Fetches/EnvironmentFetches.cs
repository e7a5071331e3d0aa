using System.Text;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Fetches;

/// <summary>The process's environment as samples (manual, section 7.3.2): that of its start.</summary>
public static class EnvironmentFetches
{
    public static FetchRow[] Rows { get; } =
    [
        new("env", ArgumentSignature.Of(1, ArgumentType.Text), SampleType.String, FetchContexts.Anywhere, Value, "1.5", "a variable of the environment")
        {
            Prepare = static (arguments, context) =>
            {
                arguments.Prepared = context.Environment(arguments.String(0)) is { } text ? Encoding.UTF8.GetBytes(text) : null;
                return null;
            },
            IsConstant = true,
        },
    ];

    private static bool Value(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (arguments.Prepared is not byte[] text) return false;
        sample.SetString(text);
        return true;
    }
}

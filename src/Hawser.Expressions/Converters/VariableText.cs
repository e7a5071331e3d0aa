using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>What converters need to compare with, or append, the contents of a variable.</summary>
internal static class VariableText
{
    /// <returns>Null, with HAProxy's sentence, when the argument names no variable.</returns>
    public static Variable? Parse(Arguments arguments, int index, CompileContext context, out string? problem)
    {
        problem = null;
        arguments.ReadsSource = true;
        if (!arguments.Has(index))
        {
            problem = "missing variable name";
            return null;
        }

        string name = arguments.String(index);
        Variable? variable = Variable.Parse(name, context.Variables, out _);
        if (variable is null) problem = $"failed to register variable name '{name}'";
        return variable;
    }

    /// <summary>
    /// The variable's value as text or bytes: it lies in the variable or in the scratch of a nested expression, and
    /// stays until the next one.
    /// </summary>
    /// <returns>False when the variable is not set or has no such form.</returns>
    public static bool TryGet(SampleSource source, Variable variable, SampleType type, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        Sample value = default;
        if (!variable.TryGet(source, ref value)) return false;

        // The cast of a number or an address writes to the scratch, where the converter's input may lie.
        if (!source.Scratch.TryEnter()) return false;
        bool isCast = SampleCasts.TryCast(ref value, type, source.Scratch);
        source.Scratch.Leave();
        if (isCast) bytes = value.Bytes;
        return isCast;
    }
}

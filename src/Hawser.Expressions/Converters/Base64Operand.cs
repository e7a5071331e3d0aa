using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>An argument in base64, or the name of a variable that holds base64: a key, a nonce, a tag. Immutable.</summary>
internal sealed class Base64Operand
{
    private readonly Variable? _variable;
    private readonly byte[] _constant;

    private Base64Operand(Variable? variable, byte[] constant)
    {
        _variable = variable;
        _constant = constant;
    }

    public bool IsVariable => _variable is not null;

    /// <summary>Empty for a variable.</summary>
    public ReadOnlySpan<byte> Constant => _constant;

    /// <returns>Null when it is neither.</returns>
    public static Base64Operand? Parse(Arguments arguments, int index, CompileContext context)
    {
        if (arguments.Has(index) && Variable.Parse(arguments.String(index), context.Variables, out _) is { } variable)
        {
            arguments.ReadsSource = true;
            return new Base64Operand(variable, []);
        }

        byte[] bytes = new byte[arguments.Text(index).Length];
        return Base64Text.TryDecode(arguments.Text(index), bytes, out int length)
            ? new Base64Operand(null, bytes[..length])
            : null;
    }

    /// <param name="room">Where a variable's bytes are decoded to.</param>
    /// <returns>False when the variable is not set, is not base64, or is longer than the room.</returns>
    public bool TryGet(SampleSource source, Span<byte> room, out ReadOnlySpan<byte> bytes)
    {
        bytes = _constant;
        if (_variable is null) return true;
        bool isDecoded = VariableText.TryGet(source, _variable, SampleType.String, out ReadOnlySpan<byte> text)
            & Base64Text.TryDecode(text, room, out int length);
        bytes = room[..length];
        return isDecoded;
    }
}

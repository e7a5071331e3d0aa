using System;
using System.Buffers.Text;
using Hawser.Base.Bytes;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;

namespace Hawser.Proxy.Fetches;

/// <summary>All variables as one text (manual, section 7.3.2, "dump_all_vars").</summary>
internal static class VariableDumpFetches
{
    private static readonly VariableScope[] s_all =
        [VariableScope.Session, VariableScope.Transaction, VariableScope.Request, VariableScope.Response, VariableScope.Process];

    public static FetchRow[] Rows { get; } =
    [
        new(
            "dump_all_vars",
            ArgumentSignature.Optional(ArgumentType.Text, ArgumentType.Text, ArgumentType.Text),
            SampleType.String,
            FetchContexts.Anywhere,
            Dump,
            "3.4",
            "the variables of a scope or of all, with their values")
        {
            Prepare = Prepare,
        },
    ];

    private sealed record Wanted(VariableNames Names, VariableScope[] Scopes);

    private static string? Prepare(Arguments arguments, CompileContext context)
    {
        VariableScope[]? scopes = arguments.String(0) switch
        {
            "" => s_all,
            "sess" => [VariableScope.Session],
            "txn" => [VariableScope.Transaction],
            "req" => [VariableScope.Request],
            "res" => [VariableScope.Response],
            "proc" => [VariableScope.Process],
            _ => null,
        };
        if (scopes is null) return $"invalid scope '{arguments.String(0)}', must be one of: sess, txn, req, res, proc";
        arguments.Prepared = new Wanted(context.Variables, scopes);
        return null;
    }

    /// <summary>What does not fit whole is no value.</summary>
    private static bool Dump(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Wanted wanted = (Wanted)arguments.Prepared!;
        ByteWriter writer = new(source.Scratch.Take(default));
        ReadOnlySpan<byte> delimiter = arguments.Has(2) ? arguments.Text(2) : ", "u8;
        foreach (VariableScope scope in wanted.Scopes)
        {
            if (source.Variables(scope) is not { } store) continue;
            ReadOnlySpan<byte[]> names = wanted.Names.Of(scope);
            for (int number = 0; number < names.Length; number++)
            {
                if (store.Find(number) is not { } value || !names[number].AsSpan().StartsWith(arguments.Text(1))) continue;
                Sample content = default;
                value.Load(ref content);
                bool fits = (writer.Position == 0 || writer.TryWrite(delimiter))
                    && writer.TryWrite(NameOf(scope))
                    && writer.TryWrite(names[number])
                    && writer.TryWrite("="u8)
                    && TryWriteValue(ref writer, in content);
                if (!fits) return false;
            }
        }

        sample.SetString(writer.Written);
        return true;
    }

    private static ReadOnlySpan<byte> NameOf(VariableScope scope) => scope switch
    {
        VariableScope.Process => "proc."u8,
        VariableScope.Session => "sess."u8,
        VariableScope.Transaction => "txn."u8,
        VariableScope.Request => "req."u8,
        _ => "res."u8,
    };

    private static bool TryWriteValue(ref ByteWriter writer, scoped in Sample value)
    {
        Span<byte> text = stackalloc byte[NetworkAddress.MaxTextBytes];
        int length;
        switch (value.Type)
        {
            case SampleType.Boolean:
                return writer.TryWrite(value.Integer != 0 ? "true"u8 : "false"u8);
            case SampleType.Integer:
                return Utf8Formatter.TryFormat(value.Integer, text, out length) && writer.TryWrite(text[..length]);
            case SampleType.IPv4 or SampleType.IPv6:
                return value.Address.TryFormatAddress(text, out length) && writer.TryWrite(text[..length]);
            case SampleType.Binary:
                return TryWriteHexadecimal(ref writer, value.Bytes);
            default:
                return TryWriteQuoted(ref writer, value.Bytes);
        }
    }

    private static bool TryWriteHexadecimal(ref ByteWriter writer, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> digits = "0123456789abcdef"u8;
        if (!writer.TryWrite("x"u8)) return false;
        foreach (byte value in bytes)
        {
            if (!writer.TryWrite(digits[value >> 4]) || !writer.TryWrite(digits[value & 15])) return false;
        }

        return true;
    }

    private static bool TryWriteQuoted(ref ByteWriter writer, ReadOnlySpan<byte> text)
    {
        if (!writer.TryWrite("\""u8)) return false;
        foreach (byte value in text)
        {
            byte escaped = value switch
            {
                (byte)'"' or (byte)'\\' => value,
                (byte)'\r' => (byte)'r',
                (byte)'\n' => (byte)'n',
                (byte)'\b' => (byte)'b',
                0 => (byte)'0',
                _ => 0xFF,
            };
            if (escaped == 0xFF ? !writer.TryWrite(value) : !(writer.TryWrite((byte)'\\') && writer.TryWrite(escaped))) return false;
        }

        return writer.TryWrite("\""u8);
    }
}

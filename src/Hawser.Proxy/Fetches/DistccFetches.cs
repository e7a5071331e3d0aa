using System;
using System.Buffers.Text;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Proxy.Fetches;

/// <summary>
/// The tokens of a distcc message (manual, section 7.3.5): four letters, eight hexadecimal digits, and for all but a few
/// so many bytes. Read from strangers: everything is bounded by what is there.
/// </summary>
internal static class DistccFetches
{
    private const int NameBytes = 4;
    private const int HeaderBytes = 12;

    private static readonly ArgumentSignature s_signature = ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Integer);

    public static FetchRow[] Rows { get; } =
    [
        Row("distcc_param", SampleType.Integer, Parameter, "the number behind a token of distcc"),
        Row("distcc_body", SampleType.Binary, Body, "the bytes behind a token of distcc"),
    ];

    private static FetchRow Row(string name, SampleType type, FetchEvaluator evaluate, string description) =>
        new(name, s_signature, type, FetchContexts.AnyBuffer, evaluate, "2.0", description)
        {
            Prepare = static (arguments, _) =>
                arguments.Text(0).Length == NameBytes ? null : "token name must be exactly 4 characters",
        };

    private static bool Parameter(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!TryFind(source, arguments, ref sample, out uint parameter, out _)) return false;
        sample.SetInteger(parameter);
        return true;
    }

    /// <summary>As much of it as is there; more may come.</summary>
    private static bool Body(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!TryFind(source, arguments, ref sample, out uint parameter, out ReadOnlySpan<byte> rest)) return false;
        if (!HasBody(arguments.Text(0))) return false;
        sample.MayChange = rest.Length < parameter;
        sample.SetBinary(rest.Length < parameter ? rest : rest[..(int)parameter]);
        return true;
    }

    private static bool TryFind(
        SampleSource source, Arguments arguments, scoped ref Sample sample, out uint parameter, out ReadOnlySpan<byte> rest)
    {
        rest = BufferFetches.Bytes(source, BufferFetches.IsResponse(source));
        parameter = 0;
        long left = long.Max(1, arguments.Integer(1) < 0 ? long.MaxValue : arguments.Integer(1));
        while (true)
        {
            sample.MayChange = rest.Length < HeaderBytes;
            if (sample.MayChange) return false;
            ReadOnlySpan<byte> name = rest[..NameBytes];
            ReadOnlySpan<byte> digits = rest[NameBytes..HeaderBytes];
            if (!Utf8Parser.TryParse(digits, out parameter, out int length, 'X') || length != digits.Length) return false;
            rest = rest[HeaderBytes..];
            if (name.SequenceEqual(arguments.Text(0)) && --left == 0) return true;
            if (!HasBody(name)) continue;
            sample.MayChange = rest.Length < parameter;
            if (sample.MayChange) return false;
            rest = rest[(int)parameter..];
        }
    }

    /// <summary>Those without one say all with their number.</summary>
    private static bool HasBody(ReadOnlySpan<byte> name) =>
        !(name.SequenceEqual("ARGC"u8) || name.SequenceEqual("DIST"u8) || name.SequenceEqual("NFIL"u8)
            || name.SequenceEqual("STAT"u8) || name.SequenceEqual("DONE"u8));
}

using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>The choice of a language after an Accept-Language value.</summary>
public static class LanguageConverters
{
    public static ConverterRow[] Rows { get; } =
    [
        new(
            "language",
            ArgumentSignature.Of(1, ArgumentType.Text, ArgumentType.Text),
            SampleType.String,
            SampleType.String,
            Choose,
            "1.5",
            "the one of some languages that is liked best"),
    ];

    /// <summary>The first of those with the highest weight; only a weight above 0 counts.</summary>
    private static bool Choose(SampleSource source, Arguments arguments, ref Sample sample)
    {
        ReadOnlySpan<byte> rest = sample.Bytes;
        ReadOnlySpan<byte> best = default;
        int bestWeight = 0;
        while (!rest.IsEmpty)
        {
            int comma = rest.IndexOf((byte)',');
            ReadOnlySpan<byte> item = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? default : rest[(comma + 1)..];
            int semicolon = item.IndexOf((byte)';');
            int weight = semicolon < 0 ? 1000 : Weight(item[(semicolon + 1)..]);
            ReadOnlySpan<byte> name = Ascii.TrimBlanks(semicolon < 0 ? item : item[..semicolon]);
            if (weight <= bestWeight || !TryFind(arguments.Text(0), name, out ReadOnlySpan<byte> found)) continue;
            best = found;
            bestWeight = weight;
        }

        if (bestWeight == 0) best = arguments.Text(1);
        sample.SetString(best);
        return bestWeight > 0 || arguments.Has(1);
    }

    /// <summary>In thousandths (RFC 9110 section 12.4.2); what is no weight counts as 1.</summary>
    private static int Weight(ReadOnlySpan<byte> parameter)
    {
        parameter = Ascii.TrimBlanks(parameter);
        if (!parameter.StartsWith("q"u8)) return 1000;
        parameter = parameter[1..].TrimStart(" \t"u8);
        if (!parameter.StartsWith("="u8)) return 1000;
        parameter = parameter[1..].TrimStart(" \t"u8);
        if (parameter.IsEmpty || parameter[0] is not ((byte)'0' or (byte)'1')) return 1000;
        int weight = 1000 * (parameter[0] - '0');
        if (parameter.Length < 2 || parameter[1] != '.') return weight;
        int unit = 100;
        foreach (byte digit in parameter[2..])
        {
            if (!Ascii.IsDigit(digit)) break;
            weight += unit * (digit - '0');
            unit /= 10;
        }

        return Math.Min(weight, 1000);
    }

    /// <summary>The language with its variants, else with fewer of them.</summary>
    private static bool TryFind(ReadOnlySpan<byte> list, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> found)
    {
        while (!TryFindExactly(list, name, out found))
        {
            int dash = name.LastIndexOf((byte)'-');
            if (dash <= 0) return false;
            name = name[..dash];
        }

        return true;
    }

    private static bool TryFindExactly(ReadOnlySpan<byte> list, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> found)
    {
        while (!list.IsEmpty && !name.IsEmpty)
        {
            int end = list.IndexOf((byte)';');
            found = end < 0 ? list : list[..end];
            if (found.SequenceEqual(name)) return true;
            list = end < 0 ? default : list[(end + 1)..];
        }

        found = default;
        return false;
    }
}

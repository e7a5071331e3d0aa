using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Converters;

/// <summary>
/// map_&lt;match&gt;_&lt;output&gt;: looks the sample up in a map and returns the value, or the key that matched
/// (manual, section 7.3.1).
/// </summary>
public static class MapConverters
{
    public static ConverterRow[] Rows { get; } = [.. AllRows()];

    private enum Output
    {
        Text,
        Integer,
        Address,
        Key,
    }

    /// <summary>What a use of a map converter looks up in, and what it answers when nothing is found.</summary>
    private sealed record Lookup(PatternUse Use, StoredSample? Otherwise);

    private static IEnumerable<ConverterRow> AllRows()
    {
        MatchMethod[] methods =
        [
            MatchMethod.String, MatchMethod.Prefix, MatchMethod.Suffix, MatchMethod.Substring, MatchMethod.Directory,
            MatchMethod.Domain, MatchMethod.Regex, MatchMethod.Integer, MatchMethod.Address,
        ];
        yield return Row("map", MatchMethod.String, Output.Text);
        foreach (MatchMethod method in methods)
        {
            string name = $"map_{MatchMethods.NameOf(method)}";
            yield return Row(name, method, Output.Text);
            yield return Row($"{name}_int", method, Output.Integer);
            yield return Row($"{name}_ip", method, Output.Address);
            yield return Row($"{name}_key", method, Output.Key);
        }

        yield return Row("map_regm", MatchMethod.RegexWithCaptures, Output.Text);
    }

    private static ConverterRow Row(string name, MatchMethod method, Output output)
    {
        SampleType input = method switch
        {
            MatchMethod.Integer => SampleType.Integer,
            MatchMethod.Address => SampleType.Address,
            _ => SampleType.String,
        };
        SampleType result = output switch
        {
            Output.Integer => SampleType.Integer,
            Output.Address => SampleType.Address,
            _ => SampleType.String,
        };
        ArgumentType otherwise = output == Output.Integer ? ArgumentType.Integer : ArgumentType.Text;
        ArgumentSignature signature = output == Output.Key
            ? ArgumentSignature.Required(ArgumentType.Text)
            : ArgumentSignature.Of(1, ArgumentType.Text, otherwise);
        ConverterEvaluator evaluate = method == MatchMethod.RegexWithCaptures ? FindAndReplace
            : output == Output.Key ? FindKey
            : Find;
        return new ConverterRow(name, signature, input, result, evaluate, "1.5", "a map's value for the input")
        {
            Prepare = (arguments, context) => Prepare(arguments, context, method, output),
            ReadsSource = true,
        };
    }

    private static string? Prepare(Arguments arguments, CompileContext context, MatchMethod method, Output output)
    {
        if (context.Patterns.Open(arguments.String(0), isMap: true, out string? problem) is not { } list) return problem;
        // One object for each kind, so that uses of a map that want the same share its index.
        PatternValueReader reader = output switch
        {
            Output.Integer => static text => Read(text, Output.Integer),
            Output.Address => static text => Read(text, Output.Address),
            _ => static text => Read(text, Output.Text),
        };
        StoredSample? otherwise = null;
        if (arguments.Count > 1)
        {
            otherwise = Read(arguments.String(1), output);
            if (otherwise is null) return $"Unable to parse the default value '{arguments.String(1)}'";
        }

        PatternUse? use = list.Use(method, ignoresCase: false, reader, context.Patterns.Regexes, out problem);
        if (use is not null) arguments.Prepared = new Lookup(use, otherwise);
        return problem;
    }

    /// <summary>A value of the map's type; null when the text is none.</summary>
    private static StoredSample? Read(string text, Output output)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Sample sample = default;
        switch (output)
        {
            case Output.Integer:
                if (!Ascii.TryParseSigned(bytes, out long number)) return null;
                sample.SetInteger(number);
                break;
            case Output.Address:
                if (!NetworkAddress.TryParse(bytes.AsSpan(), out NetworkAddress address)) return null;
                sample.SetAddress(in address);
                break;
            default:
                sample.SetString(bytes);
                break;
        }

        StoredSample value = new();
        value.Store(in sample);
        return value;
    }

    private static bool Find(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Lookup lookup = (Lookup)arguments.Prepared!;
        StoredSample? value = lookup.Use.Find(in sample, source.Answers)?.Value ?? lookup.Otherwise;
        if (value is null) return false;
        value.Load(ref sample);
        return true;
    }

    private static bool FindKey(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (((Lookup)arguments.Prepared!).Use.Find(in sample, source.Answers) is not { } entry) return false;
        sample.SetString(entry.Text);
        return true;
    }

    /// <summary>The value, in which a backslash and a digit stand for a part that the expression has captured.</summary>
    private static bool FindAndReplace(SampleSource source, Arguments arguments, ref Sample sample)
    {
        Lookup lookup = (Lookup)arguments.Prepared!;
        if (lookup.Use.Find(in sample, source.Answers) is not { } entry)
        {
            if (lookup.Otherwise is null) return false;
            lookup.Otherwise.Load(ref sample);
            return true;
        }

        Span<int> parts = stackalloc int[2 * Regex.MaximumParts];
        if (entry.Regex is not { } regex || regex.Match(sample.Bytes, 0, parts) == 0) return false;
        Span<byte> result = source.Scratch.Take(sample.Bytes);
        int length = RegexReplacement.Write(entry.Value!.Bytes, sample.Bytes, parts, result);
        if (length < 0) return false;
        sample.SetString(result[..length]);
        return true;
    }
}

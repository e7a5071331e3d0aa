using System;
using System.Linq;
using System.Text;
using Hawser.Config.Diagnostics;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Compilation;

/// <summary>
/// Compiles one sample expression (manual, section 7.3): a fetch method with its arguments. Converters are known by
/// name only, to say that they are not implemented yet.
/// </summary>
public static class ExpressionCompiler
{
    /// <summary>
    /// Compiles the expression that starts at <paramref name="start"/> and ends where the grammar ends it, whatever
    /// follows: the caller checks for its own closing bracket there.
    /// </summary>
    /// <param name="text">UTF-8; offsets of findings count from its start.</param>
    /// <param name="end">The first byte behind the expression, when it compiled.</param>
    /// <param name="finding">Why it did not.</param>
    /// <returns>Null when it does not compile.</returns>
    public static SampleExpression? Compile(
        ReadOnlySpan<byte> text, int start, FetchRows rows, out int end, out CompileFinding finding)
    {
        finding = default;
        end = start;
        while (end < text.Length && IsNameByte(text[end])) end++;
        string whole = Encoding.UTF8.GetString(text[start..]);
        string name = Encoding.UTF8.GetString(text[start..end]);
        if (name.Length == 0)
        {
            finding = Failure(start, 1, whole, "missing fetch method");
            return null;
        }

        FetchRow? row = rows.Find(name);
        if (row is null)
        {
            finding = UnknownFetch(start, name, whole, rows);
            return null;
        }

        int argumentsAt = end;
        if (!ArgumentParser.TryParse(text, ref end, row, out FetchArguments arguments, out string? problem))
        {
            finding = Failure(argumentsAt, Math.Max(1, end - argumentsAt), whole, problem!);
            return null;
        }

        if (end < text.Length && text[end] == ',')
        {
            finding = Converter(text, end + 1, whole);
            return null;
        }

        return new SampleExpression(row, in arguments);
    }

    private static CompileFinding UnknownFetch(int start, string name, string whole, FetchRows rows)
    {
        string[] known = KnownNames.Fetches();
        if (known.Contains(name)) return NotImplemented(start, name, "fetch method");
        string? suggestion = Suggestion.For(name, known.Concat(rows.All.Select(row => row.Name)));
        return Failure(start, name.Length, whole, $"unknown fetch method '{name}'") with
        {
            Hint = DidYouMean(suggestion),
        };
    }

    private static CompileFinding Converter(ReadOnlySpan<byte> text, int start, string whole)
    {
        int end = start;
        while (end < text.Length && IsNameByte(text[end])) end++;
        string name = Encoding.UTF8.GetString(text[start..end]);
        string[] known = KnownNames.Converters();
        if (name.Length == 0) return Failure(start - 1, 1, whole, "missing converter after ','");
        if (known.Contains(name)) return NotImplemented(start, name, "converter");
        return Failure(start, name.Length, whole, $"unknown converter '{name}'") with
        {
            Hint = DidYouMean(Suggestion.For(name, known)),
        };
    }

    internal static string? DidYouMean(string? suggestion) => suggestion is null ? null : $"did you mean '{suggestion}'?";

    private static CompileFinding NotImplemented(int start, string name, string kind) =>
        new(Severity.Alert, start, name.Length, $"the {kind} '{name}' is not implemented yet");

    private static CompileFinding Failure(int at, int length, string whole, string message) =>
        new(Severity.Alert, at, length, $"failed to parse sample expression <{whole}> : {message}");

    private static bool IsNameByte(byte value) => Ascii.IsAlphaNumeric(value) || value is (byte)'.' or (byte)'_' or (byte)'-';
}

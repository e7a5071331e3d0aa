using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Syntax;

/// <summary>How a line was prefixed.</summary>
public enum Negation
{
    None,

    /// <summary><c>no</c></summary>
    No,

    /// <summary><c>default</c></summary>
    Default,
}

/// <summary>
/// What a keyword's parser sees: the words after the keyword, taken one by one. Every Try method that returns false
/// has reported why, at the right column.
/// </summary>
public sealed class LineCursor
{
    private const long MillisecondUs = 1000;

    private readonly IReadOnlyList<Word> _words;
    private readonly DiagnosticBag _diagnostics;
    private int _next;

    /// <param name="subject">Text before each message, such as <c>'server b/s1' : </c>; may be empty.</param>
    public LineCursor(
        IReadOnlyList<Word> words, int first, int keywordLength, Negation negation, DiagnosticBag diagnostics,
        string subject = "")
    {
        _words = words;
        _diagnostics = diagnostics;
        Negation = negation;
        Subject = subject;
        SetKeyword(first, keywordLength);
    }

    public Negation Negation { get; }

    /// <summary>The keyword as written, its words joined by single spaces.</summary>
    public string Keyword { get; private set; } = "";

    public Origin KeywordOrigin { get; private set; }

    /// <summary>Prefix of this line's messages.</summary>
    public string Subject { get; set; }

    public DiagnosticBag Diagnostics => _diagnostics;

    /// <summary>For values that refer to variables outside of quotes; null: nothing on this line does.</summary>
    public VariableScope? Variables { get; init; }

    /// <summary>Something on this line is not implemented, and that has been said.</summary>
    public bool HasGap { get; set; }

    public bool HasMore => _next < _words.Count;

    public int Remaining => _words.Count - _next;

    /// <summary>The next word without taking it; only when <see cref="HasMore"/>.</summary>
    public Word Peek => _words[_next];

    /// <summary>The words that are left, without taking them.</summary>
    public IReadOnlyList<Word> PeekRest()
    {
        List<Word> rest = new(Remaining);
        for (int index = _next; index < _words.Count; index++) rest.Add(_words[index]);
        return rest;
    }

    /// <summary>Makes the next <paramref name="length"/> words the keyword: an option within a line.</summary>
    public void EnterKeyword(int length) => SetKeyword(_next, length);

    private void SetKeyword(int first, int length)
    {
        Keyword = _words[first].Text;
        for (int index = first + 1; index < first + length; index++) Keyword += " " + _words[index].Text;
        Origin start = _words[first].Origin;
        Origin end = _words[first + length - 1].Origin;
        KeywordOrigin = start with { Length = end.Column + end.Length - start.Column };
        _next = first + length;
    }

    public bool TryTake(out Word word)
    {
        word = default;
        if (!HasMore) return false;
        word = _words[_next++];
        return true;
    }

    /// <summary>Takes the next word when it is this one.</summary>
    public bool TakeIf(string text)
    {
        if (!HasMore || _words[_next].Text != text) return false;
        _next++;
        return true;
    }

    /// <summary>Takes the next word; reports <paramref name="expectation"/> when there is none.</summary>
    /// <param name="expectation">Completes "'keyword' …": "expects a backend name."</param>
    public bool TryExpect(string expectation, out Word word)
    {
        if (TryTake(out word)) return true;
        RejectKeyword(DiagnosticCodes.MissingArgument, expectation);
        return false;
    }

    /// <summary>The rest of the line, words joined by single spaces.</summary>
    public string TakeRest()
    {
        List<string> rest = [];
        while (TryTake(out Word word)) rest.Add(word.Text);
        return string.Join(' ', rest);
    }

    public void SkipRest() => _next = _words.Count;

    /// <summary>Reports what is left over.</summary>
    public bool TryEnd()
    {
        if (!HasMore) return true;
        Reject(DiagnosticCodes.UnexpectedArgument, Peek.Origin,
            $"'{Keyword}' cannot handle unexpected argument '{Peek.Text}'.");
        SkipRest();
        return false;
    }

    public bool TryInteger(long min, long max, out long value)
    {
        value = 0;
        if (!TryExpect("expects an integer argument.", out Word word)) return false;
        if (!NumberText.TryParse(word.Text, out value))
        {
            Reject(DiagnosticCodes.BadNumber, word.Origin,
                $"'{Keyword}' expects an integer argument, found '{word.Text}'.");
            return false;
        }
        if (value >= min && value <= max) return true;
        Reject(DiagnosticCodes.OutOfRange, word.Origin,
            string.Create(CultureInfo.InvariantCulture,
                $"'{Keyword}' : invalid value {word.Text}, allowed range is {min}..{max}."));
        return false;
    }

    public bool TryInteger(int min, int max, out int value)
    {
        bool isGood = TryInteger((long)min, max, out long wide);
        value = isGood ? (int)wide : 0;
        return isGood;
    }

    /// <summary>A time in milliseconds; a number without unit counts milliseconds.</summary>
    public bool TryTime(out int milliseconds) => TryTime(MillisecondUs, out milliseconds);

    /// <summary>A time in milliseconds.</summary>
    public bool TryTime(long defaultUnitUs, out int milliseconds)
    {
        milliseconds = 0;
        if (!TryExpect("expects an integer value (in milliseconds)", out Word word)) return false;
        ValueError error = TimeText.TryParse(word.Text, defaultUnitUs, out milliseconds, out int end);
        switch (error)
        {
            case ValueError.None:
                if (TimeText.WarningOf(word.Text, end) is { } warning) Warn(DiagnosticCodes.BadTime, word.Origin, warning);
                return true;
            case ValueError.UnexpectedCharacter:
                Reject(DiagnosticCodes.BadTime, word.Origin,
                    $"unexpected character '{CharacterAt(word.Text, end)}' in '{Keyword}'",
                    "a time is a whole number and a unit: us, ms (the default), s, m, h or d");
                return false;
            default:
                Reject(DiagnosticCodes.BadTime, word.Origin,
                    $"timer overflow in argument '{word.Text}' to '{Keyword}' " +
                    $"(maximum value is {TimeText.MaxMs} ms or ~24.8 days)");
                return false;
        }
    }

    /// <summary>HAProxy's warning about a time that was probably meant in seconds.</summary>
    /// <param name="owner">Whose setting it is: "backend 'b'".</param>
    public void WarnOfSmallTime(Word text, int milliseconds, string owner)
    {
        const int SuspiciousMs = 100;
        bool hasUnit = !char.IsAsciiDigit(text.Text[^1]);
        if (hasUnit || milliseconds is 0 or >= SuspiciousMs) return;
        Warn(DiagnosticCodes.SuspiciousTime, text.Origin,
            $"'{Keyword} {text.Text}' in {owner} is suspiciously small for a value in milliseconds. " +
            $"Please use an explicit unit ('{text.Text}ms') if that was the intent.");
    }

    public bool TrySize(long max, out long bytes)
    {
        bytes = 0;
        if (!TryExpect("expects a size", out Word word)) return false;
        ValueError error = SizeText.TryParse(word.Text, out bytes, out int index);
        if (error == ValueError.UnexpectedCharacter)
        {
            Reject(DiagnosticCodes.BadSize, word.Origin,
                $"unexpected character '{CharacterAt(word.Text, index)}' in '{Keyword}'",
                "a size is a whole number of bytes, or with k, m or g");
            return false;
        }
        if (error == ValueError.None && bytes <= max) return true;
        Reject(DiagnosticCodes.BadSize, word.Origin, $"'{Keyword}' : value '{word.Text}' is out of range.");
        return false;
    }

    /// <summary>One of a few words, by position in <paramref name="choices"/>.</summary>
    public bool TryChoice(ReadOnlySpan<string> choices, out int choice)
    {
        choice = -1;
        string list = string.Join("', '", choices!);
        if (!TryExpect($"expects one of '{list}'.", out Word word)) return false;
        choice = choices.IndexOf(word.Text);
        if (choice >= 0) return true;
        Reject(DiagnosticCodes.BadChoice, word.Origin,
            $"'{Keyword}' expects one of '{list}' but got '{word.Text}'.",
            Suggestion.Hint(word.Text, choices.ToArray()));
        return false;
    }

    public bool TryOnOff(out bool isOn)
    {
        bool isGood = TryChoice(["on", "off"], out int choice);
        isOn = choice == 0;
        return isGood;
    }

    public void Reject(string code, Origin at, string message, string? hint = null) =>
        _diagnostics.Report(code, Severity.Alert, at, Subject + message, hint);

    /// <summary>An alert at the keyword: "'keyword' <paramref name="rest"/>".</summary>
    public void RejectKeyword(string code, string rest, string? hint = null) =>
        Reject(code, KeywordOrigin, $"'{Keyword}' {rest}", hint);

    public void Warn(string code, Origin at, string message, string? hint = null) =>
        _diagnostics.Report(code, Severity.Warning, at, Subject + message, hint);

    public void Note(string code, Origin at, string message, string? hint = null) =>
        _diagnostics.Report(code, Severity.Notice, at, Subject + message, hint);

    private static string CharacterAt(string text, int index) => index < text.Length ? text.Substring(index, 1) : "";
}

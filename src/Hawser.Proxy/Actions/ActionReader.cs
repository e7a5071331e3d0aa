using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Base.Bytes;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Actions;

/// <summary>The words of a rule as an action reads them: from its name up to "if" or "unless".</summary>
public sealed class ActionReader(
    IReadOnlyList<Word> words, string keyword, CompileContext context, DiagnosticBag diagnostics)
{
    private const string Code = "HWS2071";

    private int _next = 1;

    /// <summary>What stands in the parentheses behind the action's name; null without.</summary>
    public Word? InParentheses { get; init; }

    /// <summary>Where the rule stands.</summary>
    public RuleSets Set { get; init; }

    /// <summary>The rule looks at the response and changes it.</summary>
    public bool IsOfResponse => (Set & (RuleSets.ResponseContent | RuleSets.HttpResponse | RuleSets.HttpAfterResponse)) != 0;
    /// <summary>Whose rule it is.</summary>
    public required ProxyConfig Proxy { get; init; }

    /// <summary>Where the slots of captures come from.</summary>
    public required CapturePlan Captures { get; init; }

    /// <summary>Of the action.</summary>
    public Origin Origin => words[0].Origin;

    /// <summary>The rule set and the action, as messages begin: 'tcp-request content accept'.</summary>
    public string Subject => keyword.Length == 0 ? $"'{words[0].Text}'" : $"'{keyword} {words[0].Text}'";

    public CompileContext Context => context;

    /// <summary>Makes the answers of actions that answer.</summary>
    public required ReplyCompiler Replies { get; init; }

    /// <summary>What "use-service" finds.</summary>
    public HttpServices Services { get; init; } = HttpServices.None;

    /// <summary>The place of the next word in the line.</summary>
    public int Next => _next;

    /// <summary>Whether a word of the action is left.</summary>
    public bool HasMore => _next < words.Count && words[_next].Text is not ("if" or "unless");

    public Word Peek => HasMore ? words[_next] : new Word("", words[^1].Origin);

    public bool TryTake(out Word word)
    {
        word = Peek;
        if (!HasMore) return false;
        _next++;
        return true;
    }

    /// <summary>Takes the next word when it is this one.</summary>
    public bool TryTakeIf(string text)
    {
        if (Peek.Text != text) return false;
        _next++;
        return true;
    }

    public void Fail(Origin at, string message, string? hint = null) =>
        diagnostics.Report(Code, Severity.Alert, at, message, hint);

    public void Note(Origin at, string message) => diagnostics.Report(Code, Severity.Notice, at, message);

    /// <summary>The sample expression that comes next, one that can have a value where the rule stands.</summary>
    /// <param name="type">What its result must be castable to; <see cref="SampleType.Any"/> for all.</param>
    public SampleExpression? Expression(SampleType type = SampleType.Any)
    {
        Word first = Peek;
        string text = "";
        List<Word> taken = [];
        while (TryTake(out Word word))
        {
            taken.Add(word);
            text += word.Text;
            if (!text.EndsWith(',')) break;
        }

        if (text.Length == 0)
        {
            Fail(words[^1].Origin, "missing fetch method");
            return null;
        }

        SampleExpression? expression = ExpressionCompiler.CompileWhole(text, context, out CompileFinding finding);
        if (expression is null)
        {
            Fail(diagnostics.Part(taken, finding.Offset, finding.Length), finding.Message, finding.Hint);
            return null;
        }

        if (context.Place != FetchContexts.None && (expression.Row.Contexts & context.Place) == 0)
        {
            Fail(first.Origin,
                $"fetch method '{words[0].Text}' extracts information from '{FetchPlaces.SourceOf(expression.Row)}', "
                + "none of which is available here");
            return null;
        }

        if (SampleCasts.IsPossible(expression.Type, type)) return expression;
        Fail(first.Origin, $"{Subject} : the result of '{text}' cannot be used here, its type is wrong");
        return null;
    }

    /// <summary>The log-format that comes next.</summary>
    /// <param name="use">What is made with it.</param>
    /// <param name="isHead">It becomes a part of the message.</param>
    public LogFormat? Format(LogFormatUse use = LogFormatUse.Field, bool isHead = true)
    {
        if (!TryTake(out Word word))
        {
            Fail(words[^1].Origin, $"{Subject} : expects a format");
            return null;
        }

        List<CompileFinding> findings = [];
        LogFormat? format = LogFormatCompiler.Compile(word.Text, LogVariableRows.All, isHead ? context : context with { IgnoresBytes = false }, findings, use);
        foreach (CompileFinding finding in findings)
            diagnostics.Report(Code, finding.Severity, diagnostics.Part(word, finding.Offset, finding.Length), finding.Message, finding.Hint);
        return format;
    }

    /// <summary>The name of a header field, in lower case, as it is written.</summary>
    public byte[]? FieldName()
    {
        if (TryTake(out Word word) && word.Text.Length > 0) return ConfigText.Encode(word.Text.ToLowerInvariant());
        Fail(words[^1].Origin, $"{Subject} : expects a header name");
        return null;
    }

    /// <summary>As <see cref="FieldName"/>, of a field that will be written: HAProxy warns of a name that no field can have.</summary>
    public byte[]? WrittenFieldName()
    {
        Word word = Peek;
        if (FieldName() is not { } name) return null;
        // Of a pseudo-header the first colon is a part.
        int at = name[0] == ':' ? 1 : 0;
        while (at < name.Length && (Ascii.IsToken(name[at]) || name[at] > 0x7F)) at++;
        if (at < name.Length)
        {
            diagnostics.Report(Code, Severity.Warning, word.Origin,
                $"header name '{word.Text}' contains forbidden character '{(char)name[at]}'.");
        }
        return name;
    }

    /// <summary>The regular expression that comes next; case counts.</summary>
    public Regex? Regex()
    {
        if (!TryTake(out Word word))
        {
            Fail(words[^1].Origin, $"{Subject} : expects a regular expression");
            return null;
        }

        Regex? regex = context.Patterns.Regexes.Compile(ConfigText.Encode(word.Text), ignoresCase: false, out string? problem);
        if (problem is not null) Fail(word.Origin, $"{Subject} : {problem}");
        return regex;
    }

    /// <summary>A time, in milliseconds unless it has another unit, when the next word is one.</summary>
    public bool TryTime(out int milliseconds)
    {
        if (TimeText.TryParse(Peek.Text, 1000, out milliseconds, out int end) != ValueError.None) return false;
        if (TimeText.WarningOf(Peek.Text, end) is { } warning) diagnostics.Report(Code, Severity.Warning, Peek.Origin, warning);
        _next++;
        return true;
    }

    /// <summary>The words that are left, for a parser of lines; <see cref="Leave"/> says how far it came.</summary>
    /// <param name="change">Puts another word in the place of one.</param>
    public LineCursor Enter(Func<string, string>? change = null)
    {
        List<Word> rest = [new Word(Subject, words[0].Origin)];
        for (int index = _next; index < words.Count; index++)
            rest.Add(words[index] with { Text = change?.Invoke(words[index].Text) ?? words[index].Text });
        return new LineCursor(rest, 0, 1, Negation.None, diagnostics);
    }

    /// <inheritdoc cref="Enter"/>
    public void Leave(LineCursor line) => _next = words.Count - line.Remaining;

    /// <summary>A number, decimal or with 0x, when the next word is one.</summary>
    public bool TryNumber(out long value)
    {
        string text = Peek.Text;
        bool isHexadecimal = text.StartsWith("0x", System.StringComparison.OrdinalIgnoreCase);
        bool isNumber = isHexadecimal
            ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        if (isNumber) _next++;
        return isNumber;
    }
}

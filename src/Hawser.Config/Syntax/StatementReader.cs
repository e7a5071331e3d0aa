using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Syntax;

/// <summary>
/// Files to statements: lines are cut into words, directives are obeyed, what remains is handed on one statement at a
/// time. Lazy, so that a statement that changes a variable is seen by the next line.
/// </summary>
public sealed class StatementReader
{
    private const string If = ".if";
    private const string Elif = ".elif";
    private const string Else = ".else";
    private const string EndIf = ".endif";

    private static readonly Dictionary<string, Severity> Messages = new(StringComparer.Ordinal)
    {
        [".diag"] = Severity.Diag,
        [".notice"] = Severity.Notice,
        [".warning"] = Severity.Warning,
        [".alert"] = Severity.Alert,
    };

    private readonly ConditionFacts _facts;
    private readonly DiagnosticBag _diagnostics;
    private readonly SourceTexts _texts;
    private readonly Lexer _lexer;

    public StatementReader(ConditionFacts facts, DiagnosticBag diagnostics, SourceTexts texts)
    {
        _facts = facts;
        _diagnostics = diagnostics;
        _texts = texts;
        _lexer = new Lexer(facts.Variables);
    }

    /// <summary>Is shown the words of a line that could be cut only so far; the error has been reported.</summary>
    public Action<LineText, IReadOnlyList<Word>>? Broken { get; init; }

    /// <summary>Non-empty word lists; each is valid until the next is asked for.</summary>
    public IEnumerable<IReadOnlyList<Word>> Read(string file, ReadOnlyMemory<byte> content)
    {
        ConditionalBlocks blocks = new();
        LineText last = default;
        _texts.Add(file, content);
        foreach (LineText line in LineSplitter.Split(file, content))
        {
            last = line;
            _facts.Variables.File = file;
            _facts.Variables.Line = line.Number;
            if (!TryLex(line, out IReadOnlyList<Word> words))
            {
                if (blocks.IsActive) Broken?.Invoke(line, words);
                continue;
            }
            // An empty first word: nothing is said here (observed of 3.5).
            if (words.Count == 0 || words[0].Text.Length == 0) continue;
            if (words[0].Text.StartsWith('.')) Obey(WithoutEmptyEnd(words), blocks);
            else if (!blocks.IsActive) continue;
            else if (HasNoEmptyWord(line, words)) yield return WithoutEmptyEnd(words);
            else Broken?.Invoke(line, words);
        }
        if (blocks.IsOpen)
        {
            _diagnostics.Report(DiagnosticCodes.BadDirective, Severity.Alert,
                new Origin(file, last.Number, 0), $"non-terminated '{If}' block.");
        }
    }

    private bool TryLex(LineText line, out IReadOnlyList<Word> words)
    {
        LexerError error = _lexer.Read(line);
        words = _lexer.Words;
        if (error == LexerError.None && !line.HasLineFeed)
        {
            Report(line, line.Bytes.Length + 1,
                "Missing LF on last line, file might have been truncated", hasPosition: true);
        }
        if (error == LexerError.None) return true;
        Report(line, _lexer.ErrorColumn, Describe(error, words), hasPosition: true);
        return false;
    }

    /// <summary>
    /// An empty word ends the arguments, and whoever wrote more behind it, or had a variable in its place, is not to find
    /// out later (refused since 3.3). What sets a variable says in its own words what it lacks.
    /// </summary>
    private bool HasNoEmptyWord(LineText line, IReadOnlyList<Word> words)
    {
        if (words[0].Text is "setenv" or "presetenv") return true;
        for (int index = 1; index < words.Count; index++)
        {
            if (words[index].Text.Length > 0) continue;
            string message = string.Create(CultureInfo.InvariantCulture,
                $"argument number {index} at position {words[index].Origin.Column} is empty and marks the end of the " +
                $"argument list; all subsequent arguments would be silently ignored");
            Report(line, words[index].Origin.Column, message, hasPosition: false,
                "does an environment variable expand to nothing?");
            return false;
        }
        return true;
    }

    private static IReadOnlyList<Word> WithoutEmptyEnd(IReadOnlyList<Word> words)
    {
        int used = words.Count;
        while (used > 0 && words[used - 1].Text.Length == 0) used--;
        return used == words.Count ? words : [.. words.Take(used)];
    }

    internal static string Describe(LexerError error, IReadOnlyList<Word> words) => error switch
    {
        LexerError.StrayNul => "Stray NUL character",
        LexerError.UnmatchedQuote => "unmatched quote",
        LexerError.UnmatchedBrace => "unmatched brace in environment variable name",
        LexerError.ForbiddenVariableStart => "forbidden first char in environment variable name",
        LexerError.InvalidHexadecimal => "truncated or invalid hexadecimal sequence",
        _ => $"too many words, truncating after word {words.Count}",
    };

    private void Report(LineText line, int column, string message, bool hasPosition, string? hint = null)
    {
        string text = hasPosition
            ? string.Create(CultureInfo.InvariantCulture, $"{message} at position {column}.")
            : message;
        _diagnostics.Report(DiagnosticCodes.BadText, Severity.Alert,
            new Origin(line.File, line.Number, column), text, hint);
    }

    private void Obey(IReadOnlyList<Word> words, ConditionalBlocks blocks)
    {
        string directive = words[0].Text;
        switch (directive)
        {
            case If:
                blocks.If(blocks.IsActive ? Evaluate(words) : ConditionOutcome.False);
                break;
            case Elif when blocks.CanBranch:
                blocks.Elif(blocks.IsElifEvaluated ? Evaluate(words) : ConditionOutcome.False);
                break;
            case Else when blocks.CanBranch:
                blocks.Else();
                RejectArguments(words, 1);
                break;
            case EndIf when blocks.IsOpen:
                blocks.EndIf();
                RejectArguments(words, 1);
                break;
            case Elif or Else or EndIf:
                Reject(words[0], $"lone '{directive}' with no matching '{If}'.");
                break;
            default:
                if (blocks.IsActive) Tell(words, directive);
                break;
        }
    }

    private void Tell(IReadOnlyList<Word> words, string directive)
    {
        if (!Messages.TryGetValue(directive, out Severity severity))
        {
            string? hint = Suggestion.Hint(directive, Messages.Keys.Concat([If, Elif, Else, EndIf]));
            Reject(words[0], $"unknown directive '{directive}'.", hint);
            return;
        }
        if (!RejectArguments(words, 2, " Use quotes if the message should contain spaces.")) return;
        string message = words.Count > 1 ? words[1].Text : "";
        _diagnostics.Report(DiagnosticCodes.UserMessage, severity, words[0].Origin, $"'{message}'.");
    }

    private ConditionOutcome Evaluate(IReadOnlyList<Word> words)
    {
        string expression = string.Join(' ', words.Skip(1).Select(static word => word.Text));
        ConditionResult result = ConditionEvaluator.Evaluate(expression, _facts);
        if (result.Outcome != ConditionOutcome.Error) return result.Outcome;
        string message = string.Create(CultureInfo.InvariantCulture,
            $"{result.Message} in '{words[0].Text}' at position {result.Index + 1}.");
        _diagnostics.Report(DiagnosticCodes.BadCondition, Severity.Alert, WordAt(words, result.Index), message);
        return ConditionOutcome.Error;
    }

    /// <summary>The source word that holds this position of the joined expression.</summary>
    private static Origin WordAt(IReadOnlyList<Word> words, int index)
    {
        for (int word = 1; word < words.Count; word++)
        {
            if (index <= words[word].Text.Length) return words[word].Origin;
            index -= words[word].Text.Length + 1;
        }
        return words[^1].Origin;
    }

    private bool RejectArguments(IReadOnlyList<Word> words, int allowed, string advice = "")
    {
        if (words.Count <= allowed) return true;
        Reject(words[allowed], $"Unexpected argument '{words[allowed].Text}' for '{words[0].Text}'.{advice}");
        return false;
    }

    private void Reject(Word word, string message, string? hint = null) =>
        _diagnostics.Report(DiagnosticCodes.BadDirective, Severity.Alert, word.Origin, message, hint);
}

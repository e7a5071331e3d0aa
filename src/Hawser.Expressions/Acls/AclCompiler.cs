using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Acls;

/// <summary>Compiles one test: a criterion, flags, an operator, patterns (manual, section 7.1).</summary>
internal sealed class AclCompiler(CompileContext context, DiagnosticBag findings, IReadOnlyList<Word> words, int first, int end)
{
    private readonly List<PatternUse> _lists = [];
    private int _next = first;
    private bool _ignoresCase;
    private bool _loadsMaps;
    private bool _hasEndOfFlags;
    private int? _id;
    private string _criterion = "";

    /// <summary>Why <see cref="Compile"/> returned null, in HAProxy's words.</summary>
    public string Problem { get; private set; } = "";

    public string? Hint { get; private set; }

    /// <summary>The word at fault, or a part of it.</summary>
    public Origin At { get; private set; }

    /// <summary>There are no patterns, so that it can never match, and nothing says that this is meant.</summary>
    public bool HasNoPatterns { get; private set; }

    /// <summary>A "-m" that says something else than the criterion's name does, and what its name is; null without.</summary>
    public (Origin At, string Criterion)? Overridden { get; private set; }

    public AclTest? Compile()
    {
        Word criterion = _next < end ? words[_next++] : new Word("", words[Math.Min(_next, words.Count - 1)].Origin);
        // An expression may go on in the next word behind a comma; as in HAProxy these words are patterns all the same.
        string text = criterion.Text;
        List<Word> taken = [criterion];
        for (int more = _next; text.EndsWith(',') && more < end && IsConverter(words[more].Text); more++)
        {
            taken.Add(words[more]);
            text += words[more].Text;
        }

        string name = text;
        int nameEnd = text.IndexOfAny(['(', ',']);
        if (nameEnd >= 0) name = text[..nameEnd];
        _criterion = name;
        AclKeywordRow? row = AclKeywordRow.Find(name);
        string expanded = row is null ? text : row.Fetch + text[name.Length..];
        SampleExpression? expression = ExpressionCompiler.CompileWhole(expanded, context with { IsCriterion = true }, out CompileFinding finding);
        if (expression is null)
        {
            At = Part(taken, row, name.Length, finding);
            Hint = finding.Hint;
            Problem = finding.Message.EndsWith("is not implemented yet", StringComparison.Ordinal)
                ? finding.Message
                : $"{finding.Message} in ACL expression '{text}'";
            return null;
        }

        MatchMethod? method = row is not null && !expression.HasConverters
            ? row.Method
            : MatchMethods.DefaultFor(expression.Type);
        if (!ReadFlags(ref method, expression, row, name, out Word[] files)) return null;
        if (method is null)
        {
            At = criterion.Origin;
            Problem = $"matching method must be specified first (using '-m') when using a sample fetch of this type ('{name}')";
            return null;
        }

        if (method is not (MatchMethod.Found or MatchMethod.Boolean) && !ReadPatterns(expression, method.Value, row?.IsDotted ?? false))
            return null;
        HasNoPatterns = method is not (MatchMethod.Found or MatchMethod.Boolean)
            && _lists.Count == 0 && files.Length == 0 && !_hasEndOfFlags;
        return new AclTest(name, expression, method.Value, [.. _lists]);
    }

    private bool IsConverter(string word)
    {
        int length = word.IndexOfAny(['(', ',']);
        return context.Vocabulary.Converters.Find(length < 0 ? word : word[..length]) is not null;
    }

    private bool ReadFlags(ref MatchMethod? method, SampleExpression expression, AclKeywordRow? row, string keyword, out Word[] files)
    {
        bool hasMethod = false;
        List<Word> loaded = [];
        files = [];
        while (_next < end && words[_next].Text is ['-', _, ..])
        {
            Word flag = words[_next++];
            Word argument = _next < end ? words[_next] : new Word("", flag.Origin);
            switch (flag.Text)
            {
                case "--":
                    _hasEndOfFlags = true;
                    files = [.. loaded];
                    return true;
                case "-i":
                    _ignoresCase = true;
                    break;
                case "-n":
                    break;
                case "-M":
                    _loadsMaps = true;
                    break;
                case "-u":
                    _next++;
                    if (!int.TryParse(argument.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
                        return Fail(argument, "the argument of -u must be an integer");
                    _id = id;
                    break;
                case "-m":
                    _next++;
                    if (MatchMethods.Find(argument.Text) is not { } named)
                        return Fail(argument, $"unknown matching method '{argument.Text}' when parsing ACL expression");
                    if (!MatchMethods.Accepts(named, expression.Type))
                        return Fail(argument, $"matching method '{argument.Text}' cannot be used with fetch keyword '{keyword}'");
                    if (hasMethod) return Fail(flag, "only one explicit matching method can be defined with '-m' parameter");
                    hasMethod = true;
                    if (row is { NamesMethod: true } && !IsOwnMethod(row, named)) Overridden = (flag.Origin, keyword);
                    method = named;
                    break;
                case "-f":
                    _next++;
                    loaded.Add(argument);
                    if (method is null) break;
                    if (!Load(argument, method.Value)) return false;
                    break;
                default:
                    return Fail(flag,
                        $"'{flag.Text}' is not a valid ACL option. Please use '--' before any pattern beginning with a '-'");
            }
        }

        files = [.. loaded];
        return true;
    }

    /// <summary>HAProxy has a method of its own for the methods of HTTP, which cannot be named.</summary>
    private static bool IsOwnMethod(AclKeywordRow row, MatchMethod named) => named == row.Method && row.Fetch is not ("method" or "http_auth_group");

    private bool Load(Word file, MatchMethod method)
    {
        if (context.Patterns.Open(file.Text, _loadsMaps, out string? problem) is not { } list) return Fail(file, problem!);
        if (_id is { } id) list.Id = id;
        if (method is MatchMethod.Found or MatchMethod.Boolean) return true;
        PatternUse? use = list.Use(method, _ignoresCase, readValue: null, context.Patterns.Regexes, out problem);
        if (use is null) return Fail(file, problem!);
        _lists.Add(use);
        return true;
    }

    /// <summary>The rest of the words, and for numbers the operators among them.</summary>
    private bool ReadPatterns(SampleExpression expression, MatchMethod method, bool isDotted)
    {
        if (_next >= end) return true;
        int first = _next;
        PatternList list = context.Patterns.Make();
        list.Description = $"acl '{_criterion}' file '{words[0].Origin.File}' line {words[0].Origin.Line}";
        if (_id is { } id) list.Id = id;
        PatternUse use = list.Use(method, _ignoresCase, readValue: null, context.Patterns.Regexes, out _)!;
        string operation = "eq";
        bool isNumeric = method is MatchMethod.Integer or MatchMethod.Length;
        while (_next < end)
        {
            Word word = words[_next++];
            if (isNumeric && word.Text is "eq" or "ge" or "gt" or "le" or "lt")
            {
                operation = word.Text;
                continue;
            }

            string? problem = expression.CheckPattern(word.Text);
            if (problem is not null) return Fail(word, problem);
            if (isNumeric)
            {
                problem = NumberRange.Parse(word.Text, operation, isDotted, out NumberRange range);
                if (problem is not null && operation != "eq")
                    problem = $"'{word.Text}' is neither a number nor a supported operator";
                if (problem is null) list.Add(range, use, word.Text);
            }
            else
            {
                problem = list.Add(word.Text, value: null);
            }

            if (problem is not null) return Fail(word, problem);
        }

        _lists.Add(use);
        context.Patterns.Complete(list, $"{context.Owner} {_criterion} {method} {_ignoresCase}: {string.Join(' ', words.Skip(first).Take(end - first).Select(static word => word.Text))}");
        return true;
    }

    private bool Fail(Word word, string problem)
    {
        At = word.Origin;
        Problem = problem;
        return false;
    }

    /// <summary>Where the compiler's finding stands in the words that were joined; a name that stands for another is meant as a whole.</summary>
    private Origin Part(List<Word> taken, AclKeywordRow? row, int nameLength, in CompileFinding finding)
    {
        int offset = finding.Offset;
        int length = finding.Length;
        if (row is not null)
        {
            bool isOfName = offset < row.Fetch.Length;
            offset = isOfName ? 0 : offset - row.Fetch.Length + nameLength;
            if (isOfName) length = nameLength;
        }
        return findings.Part(taken, offset, length);
    }
}

using System;
using System.Collections.Generic;
using System.Text;

namespace Hawser.Config.Syntax;

/// <summary>
/// Conditions of <c>.if</c>, <c>.elif</c> and <c>-cc</c> (manual, 2.4): integers, predicates, parentheses, <c>!</c>,
/// <c>&amp;&amp;</c>, <c>||</c>. The whole expression is checked even where its value is already known.
/// </summary>
public ref struct ConditionEvaluator
{
    /// <summary>Parentheses and negations deeper than this are an error, so that no input exhausts the stack.</summary>
    private const int MaxDepth = 100;

    private readonly string _text;
    private readonly ConditionFacts _facts;
    private int _position;
    private int _depth;
    private string _error;
    private int _errorIndex;

    private ConditionEvaluator(string text, ConditionFacts facts)
    {
        _text = text;
        _facts = facts;
        _error = "";
    }

    /// <summary>An empty expression is false.</summary>
    public static ConditionResult Evaluate(string expression, ConditionFacts facts)
    {
        ConditionEvaluator evaluator = new(expression, facts);
        evaluator.SkipSpaces();
        if (evaluator.IsAtEnd) return new ConditionResult(ConditionOutcome.False);
        bool value = evaluator.ReadOr();
        evaluator.SkipSpaces();
        if (evaluator._error.Length == 0 && !evaluator.IsAtEnd)
            evaluator.Fail($"unexpected characters '{expression[evaluator._position..]}' at the end of the condition",
                evaluator._position);
        return evaluator._error.Length > 0
            ? new ConditionResult(ConditionOutcome.Error, evaluator._error, evaluator._errorIndex)
            : new ConditionResult(value ? ConditionOutcome.True : ConditionOutcome.False);
    }

    private readonly bool IsAtEnd => _position >= _text.Length;

    private bool ReadOr()
    {
        bool value = ReadAnd();
        while (TakeOperator("||")) value |= ReadAnd();
        return value;
    }

    private bool ReadAnd()
    {
        bool value = ReadTerm();
        while (TakeOperator("&&")) value &= ReadTerm();
        return value;
    }

    private bool TakeOperator(string text)
    {
        if (_error.Length > 0) return false;
        SkipSpaces();
        if (!_text.AsSpan(_position).StartsWith(text)) return false;
        _position += text.Length;
        return true;
    }

    private bool ReadTerm()
    {
        SkipSpaces();
        if (_error.Length > 0) return false;
        if (++_depth > MaxDepth)
        {
            Fail("condition nested too deep", _position);
            return false;
        }
        bool value = ReadTermAtDepth();
        _depth--;
        return value;
    }

    private bool ReadTermAtDepth()
    {
        if (IsAtEnd)
        {
            Fail("unexpected end of the condition", _position);
            return false;
        }
        char first = _text[_position];
        if (first == '!')
        {
            _position++;
            return !ReadTerm();
        }
        if (first == '(')
        {
            int open = _position++;
            bool value = ReadOr();
            SkipSpaces();
            if (_error.Length > 0) return false;
            if (IsAtEnd || _text[_position] != ')')
            {
                Fail("unmatched opening parenthesis", open);
                return false;
            }
            _position++;
            return value;
        }
        return char.IsAsciiDigit(first) || first is '-' or '+' ? ReadInteger() : ReadPredicate();
    }

    private bool ReadInteger()
    {
        int start = _position++;
        while (!IsAtEnd && char.IsAsciiDigit(_text[_position])) _position++;
        bool isInteger = NumberText.TryParse(_text.AsSpan(start, _position - start), out long value);
        bool isAlone = IsAtEnd || _text[_position] is (' ' or '\t' or ')' or '&' or '|');
        if (isInteger && isAlone) return value != 0;
        FailUnparsable(start);
        return false;
    }

    private bool ReadPredicate()
    {
        int start = _position;
        while (!IsAtEnd && (char.IsAsciiLetterOrDigit(_text[_position]) || _text[_position] == '_')) _position++;
        string name = _text[start.._position];
        ConditionPredicate? predicate = ConditionPredicate.Find(name);
        if (predicate is null)
        {
            FailUnparsable(start);
            return false;
        }
        List<string> arguments = [];
        if (!IsAtEnd && _text[_position] == '(' && !TryReadArguments(arguments)) return false;
        // An empty pair of parentheses is one empty argument.
        if (arguments.Count == 0 && predicate.Arguments == 1) arguments.Add("");
        if (arguments.Count != predicate.Arguments)
        {
            Fail($"'{name}' expects {predicate.Arguments} argument(s)", start);
            return false;
        }
        bool? value = predicate.Evaluate(_facts, arguments);
        if (value is not null) return value.Value;
        Fail($"invalid argument of '{name}'", start);
        return false;
    }

    /// <summary>Comma-separated up to the closing parenthesis; quotes and backslashes protect (manual, 2.2).</summary>
    private bool TryReadArguments(List<string> arguments)
    {
        int open = _position++;
        StringBuilder argument = new();
        bool hasAny = false;
        char quote = '\0';
        for (; !IsAtEnd; _position++)
        {
            char next = _text[_position];
            bool hasNext = _position + 1 < _text.Length;
            if (quote == '\0' && next is (',' or ')'))
            {
                if (next == ',' || hasAny || argument.Length > 0) arguments.Add(argument.ToString());
                argument.Clear();
                hasAny |= next == ',';
                if (next == ',') continue;
                _position++;
                return true;
            }
            if (next == quote) quote = '\0';
            else if (quote == '\0' && next is ('"' or '\''))
            {
                quote = next;
                hasAny = true;
            }
            else if (next == '\\' && quote != '\'' && hasNext) argument.Append(_text[++_position]);
            else argument.Append(next);
        }
        Fail("expected ')' after the arguments", open);
        return false;
    }

    private void SkipSpaces()
    {
        while (!IsAtEnd && _text[_position] is (' ' or '\t')) _position++;
    }

    private void FailUnparsable(int index) =>
        Fail($"unparsable conditional expression '{_text[index..]}'", index);

    private void Fail(string message, int index)
    {
        if (_error.Length > 0) return;
        _error = message;
        _errorIndex = index;
        _position = _text.Length;
    }
}

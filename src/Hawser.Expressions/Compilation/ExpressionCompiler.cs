using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Compilation;

/// <summary>
/// Compiles one sample expression (manual, section 7.3): a fetch method and converters, separated by commas. What does
/// not depend on the source is computed here.
/// </summary>
public ref struct ExpressionCompiler
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly CompileContext _context;
    private readonly List<ConverterUse> _converters = [];
    private int _position;
    private CompileFinding _finding;

    private ExpressionCompiler(ReadOnlySpan<byte> text, int start, CompileContext context)
    {
        _text = text;
        _position = start;
        _context = context;
    }

    /// <summary>
    /// Compiles the expression that starts at <paramref name="start"/> and ends where the grammar ends it, whatever
    /// follows: the caller checks for its own closing bracket there.
    /// </summary>
    /// <param name="text">UTF-8; offsets of findings count from its start.</param>
    /// <param name="end">The first byte behind the expression, when it compiled.</param>
    /// <param name="finding">Why it did not.</param>
    /// <returns>Null when it does not compile.</returns>
    public static SampleExpression? Compile(
        ReadOnlySpan<byte> text, int start, CompileContext context, out int end, out CompileFinding finding)
    {
        ExpressionCompiler compiler = new(text, start, context);
        SampleExpression? expression = compiler.Compile();
        end = compiler._position;
        finding = compiler._finding;
        return expression;
    }

    /// <summary>Compiles a text that is an expression and nothing else.</summary>
    public static SampleExpression? CompileWhole(string text, CompileContext context, out CompileFinding finding)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        SampleExpression? expression = Compile(bytes, 0, context, out int end, out finding);
        if (expression is null || end == bytes.Length) return expression;
        finding = new CompileFinding(Severity.Alert, end, bytes.Length - end, expression.HasConverters
            ? "missing comma after converter keyword"
            : "missing comma after fetch keyword");
        return null;
    }

    private SampleExpression? Compile()
    {
        int nameAt = _position;
        string name = ReadName();
        if (name.Length == 0) return Fail(nameAt, 1, "missing fetch method");
        if (_context.Vocabulary.Fetches.Find(name) is not { } row) return UnknownFetch(nameAt, name);

        int argumentsAt = _position;
        Arguments? arguments = ArgumentParser.Parse(_text, ref _position, row.Signature, _context, out ArgumentFailure failure);
        if (arguments is null) return Fail(failure.Offset, failure.Length, $"fetch method '{name}' : {failure.Message}");
        if (row.Prepare?.Invoke(arguments, _context) is { } problem)
            return Fail(argumentsAt, _position - argumentsAt, $"invalid args in fetch method '{name}' : {problem}");

        SampleType type = row.Type;
        bool isConstant = row.IsConstant;
        while (_position < _text.Length && _text[_position] == ',')
        {
            // Empty places between commas, and a comma at the end, are allowed.
            while (_position < _text.Length && _text[_position] == ',') _position++;
            if (_position >= _text.Length || !(IsNameByte(_text[_position]) || _text[_position] == '(')) break;
            if (!CompileConverter(ref type, ref isConstant)) return null;
        }

        StoredSample? constant = isConstant ? Evaluate(row, arguments, type) : null;
        return new SampleExpression(row, arguments, [.. _converters], type, constant);
    }

    private bool CompileConverter(ref SampleType type, ref bool isConstant)
    {
        int nameAt = _position;
        string name = ReadName();
        if (_context.Vocabulary.Converters.Find(name) is not { } row)
        {
            UnknownConverter(nameAt, name);
            return false;
        }

        int argumentsAt = _position;
        Arguments? arguments = ArgumentParser.Parse(_text, ref _position, row.Signature, _context, out ArgumentFailure failure);
        if (arguments is null)
        {
            Fail(failure.Offset, failure.Length, $"invalid arg {failure.Number} in converter '{name}' : {failure.Message}");
            return false;
        }

        if (row.Prepare?.Invoke(arguments, _context) is { } problem)
        {
            Fail(argumentsAt, _position - argumentsAt, $"invalid args in converter '{name}' : {problem}");
            return false;
        }

        if (!SampleCasts.IsPossible(type, row.Input))
        {
            Fail(nameAt, name.Length, $"converter '{name}' cannot be applied");
            return false;
        }

        if (row.Output != SampleType.Same) type = row.Output;
        else if (row.Input != SampleType.Any) type = row.Input;
        isConstant &= !row.ReadsSource && !arguments.ReadsSource;
        _converters.Add(new ConverterUse(row, arguments));
        return true;
    }

    private readonly StoredSample Evaluate(FetchRow row, Arguments arguments, SampleType type)
    {
        StoredSample result = new();
        Sample sample = default;
        if (new SampleExpression(row, arguments, [.. _converters], type, null).TryEvaluate(new ConstantSource(), ref sample))
            result.Store(in sample);
        return result;
    }

    private SampleExpression? UnknownFetch(int at, string name)
    {
        string[] known = KnownNames.Fetches();
        if (known.Contains(name)) return NotImplemented(at, name, "fetch method");
        string? suggestion = Suggestion.For(name, known.Concat(_context.Vocabulary.Fetches.All.Select(row => row.Name)));
        return Fail(at, name.Length, $"unknown fetch method '{name}'", DidYouMean(suggestion));
    }

    private void UnknownConverter(int at, string name)
    {
        string[] known = KnownNames.Converters();
        if (known.Contains(name)) NotImplemented(at, name, "converter");
        else Fail(at, Math.Max(1, name.Length), $"unknown converter '{name}'", DidYouMean(Suggestion.For(name, known)));
    }

    internal static string? DidYouMean(string? suggestion) => suggestion is null ? null : $"did you mean '{suggestion}'?";

    private SampleExpression? NotImplemented(int at, string name, string kind) =>
        Fail(at, name.Length, $"the {kind} '{name}' is not implemented yet", KnownNames.WhatIsMissing(name));

    private SampleExpression? Fail(int at, int length, string message, string? hint = null)
    {
        _finding = new CompileFinding(Severity.Alert, at, Math.Max(1, length), message, hint);
        return null;
    }

    private string ReadName()
    {
        int start = _position;
        while (_position < _text.Length && IsNameByte(_text[_position])) _position++;
        return Encoding.UTF8.GetString(_text[start.._position]);
    }

    private static bool IsNameByte(byte value) =>
        Ascii.IsAlphaNumeric(value) || value is (byte)'.' or (byte)'_' or (byte)'-' or (byte)'+';
}

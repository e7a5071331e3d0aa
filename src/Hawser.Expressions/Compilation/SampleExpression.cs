using System;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Compilation;

/// <summary>
/// A compiled sample expression: a fetch method and its converters, each with its arguments, and the casts between
/// them. Immutable, shared by all loops. Evaluation allocates nothing.
/// </summary>
public sealed class SampleExpression
{
    private readonly FetchRow _row;
    private readonly Arguments _arguments;
    private readonly ConverterUse[] _converters;
    private readonly StoredSample? _constant;

    internal SampleExpression(
        FetchRow row, Arguments arguments, ConverterUse[] converters, SampleType type, StoredSample? constant)
    {
        _row = row;
        _arguments = arguments;
        _converters = converters;
        _constant = constant;
        Type = type;
    }

    /// <summary>The fetch method it starts with.</summary>
    public FetchRow Row => _row;

    public bool HasConverters => _converters.Length > 0;

    /// <summary>What it returns, as declared by its last row; <see cref="SampleType.Any"/> when only its values say.</summary>
    public SampleType Type { get; }

    /// <summary>What is wrong with a pattern of an ACL; null when it is all right.</summary>
    public string? CheckPattern(string pattern) =>
        HasConverters ? null : _row.CheckPattern?.Invoke(_arguments, pattern);

    /// <summary>Whether its value was computed when it was compiled.</summary>
    public bool IsConstant => _constant is not null;

    /// <returns>False when there is no value now; <see cref="Sample.MayChange"/> says whether there may be one later.</returns>
    public bool TryEvaluate(SampleSource source, ref Sample sample)
    {
        if (_constant is { } constant)
        {
            constant.Load(ref sample);
            return constant.HasValue;
        }

        if (!_row.Evaluate(source, _arguments, ref sample)) return false;
        foreach (ref readonly ConverterUse use in _converters.AsSpan())
        {
            if (!SampleCasts.TryCast(ref sample, use.Row.Input, source.Scratch)) return false;
            if (!use.Row.Evaluate(source, use.Arguments, ref sample)) return false;
        }

        return true;
    }

    /// <summary>As <see cref="TryEvaluate"/>, with the result cast to a type.</summary>
    public bool TryEvaluate(SampleSource source, SampleType type, ref Sample sample) =>
        TryEvaluate(source, ref sample) && SampleCasts.TryCast(ref sample, type, source.Scratch);
}

/// <summary>One converter as an expression uses it.</summary>
internal readonly record struct ConverterUse(ConverterRow Row, Arguments Arguments);

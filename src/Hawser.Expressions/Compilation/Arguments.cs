using System;
using System.Text;
using Hawser.Base.Network;

namespace Hawser.Expressions.Compilation;

/// <summary>
/// The arguments of one use of a fetch method or converter, checked and converted when it was compiled. Immutable from
/// then on, shared by all loops.
/// </summary>
public sealed class Arguments
{
    private readonly Argument[] _values;

    internal Arguments(Argument[] values) => _values = values;

    /// <summary>How many were given; an empty last one that is not text does not count.</summary>
    public int Count => _values.Length;

    /// <summary>
    /// What the row's preparation made of the arguments: a compiled regex, a variable, a time unit. Set by
    /// <see cref="ArgumentPreparation"/> only.
    /// </summary>
    public object? Prepared { get; set; }

    /// <summary>
    /// Set by a preparation that found the name of a variable or the like: the result then depends on the source, even
    /// if the row's does not.
    /// </summary>
    public bool ReadsSource { get; set; }

    /// <summary>Whether it was given and is not empty.</summary>
    public bool Has(int index) => index < _values.Length && _values[index].Text.Length > 0;

    /// <summary>As written, unquoted; empty when it was not given.</summary>
    public ReadOnlySpan<byte> Text(int index) => index < _values.Length ? _values[index].Text : default;

    /// <summary>As <see cref="Text"/>, for preparations.</summary>
    public string String(int index) => Encoding.UTF8.GetString(Text(index));

    public long Integer(int index, long otherwise = 0) => index < _values.Length ? _values[index].Integer : otherwise;

    /// <summary>An address or a mask.</summary>
    public NetworkAddress Address(int index) => index < _values.Length ? _values[index].Address : default;

    /// <summary>The proxy, server or table that it names.</summary>
    public object? Reference(int index) => index < _values.Length ? _values[index].Reference : null;
}

/// <summary>One argument after its check.</summary>
internal readonly record struct Argument(byte[] Text, int Start, int Length)
{
    public long Integer { get; init; }

    public NetworkAddress Address { get; init; }

    public object? Reference { get; init; }

    public string String() => Encoding.UTF8.GetString(Text);
}

/// <summary>
/// A row's own check of its arguments when a use of it is compiled: what their types do not say. It may leave what
/// evaluation needs in <see cref="Arguments.Prepared"/>.
/// </summary>
/// <returns>What is wrong, in HAProxy's words, or null.</returns>
public delegate string? ArgumentPreparation(Arguments arguments, CompileContext context);

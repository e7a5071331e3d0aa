using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Stores one keyword's value. Reports through the cursor; leaves the context unchanged when it does.</summary>
public delegate void KeywordParser<in TContext>(LineCursor line, TContext context);

/// <summary>Everything known about one keyword.</summary>
/// <param name="Name">One to three words, or an option of a bind or server line.</param>
/// <param name="Usage">Its arguments, in the manual's notation.</param>
/// <param name="Sections">Where it may stand; <see cref="SectionSet.None"/> for options of a line.</param>
/// <param name="Doc">One line for the reference page; empty where the keyword is not implemented yet.</param>
public sealed record KeywordRow<TContext>(string Name, string Usage, SectionSet Sections, KeywordStatus Status, string Doc)
{
    /// <summary>Set when <see cref="KeywordStatus.Implemented"/>.</summary>
    public KeywordParser<TContext>? Parse { get; init; }

    /// <summary><c>no</c> and <c>default</c> may stand before it.</summary>
    public bool IsNegatable { get; init; }

    /// <summary>In a section of the other side the line is an error instead of being ignored with a warning.</summary>
    public bool IsErrorElsewhere { get; init; }

    /// <summary>HAProxy version that brought it; null when not recorded.</summary>
    public string? Since { get; init; }

    /// <summary>The spelling of today, for older ones.</summary>
    public string? Modern { get; init; }

    /// <summary>
    /// The part of the program that the value is for, while that does not exist: each use says so in a notice. Null for
    /// a value that acts.
    /// </summary>
    public string? Awaits { get; init; }

    /// <summary>How HAProxy 3.5 warns when it is used in tcp mode.</summary>
    public HttpOnlyWarning HttpOnly { get; init; }
}

/// <summary>HAProxy's ways to say that a setting needs <c>mode http</c>.</summary>
public enum HttpOnlyWarning
{
    /// <summary>HAProxy says nothing.</summary>
    Silent,

    /// <summary>'X' statement ignored for proxy …</summary>
    Statement,

    /// <summary>'X' rules ignored for proxy …</summary>
    Rules,

    /// <summary>'X' ignored for proxy …</summary>
    Option,

    /// <summary>X will be ignored for proxy …</summary>
    Setting,

    /// <summary>'X' not usable with proxy … Falling back to 'option tcplog'.</summary>
    LogFormat,
}

using System;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Stores one keyword's value. Reports through the cursor; leaves the context unchanged when it does.</summary>
public delegate void KeywordParser<in TContext>(LineCursor line, TContext context);

/// <summary>Everything known about one keyword.</summary>
/// <param name="Name">One to three words, or an option of a bind or server line.</param>
/// <param name="Usage">
/// Its arguments, in the manual's notation; where the keyword is not implemented they are checked by it, see
/// <see cref="UsagePattern"/>.
/// </param>
/// <param name="Sections">Where it may stand; <see cref="SectionSet.None"/> for options of a line.</param>
/// <param name="Doc">One line for the reference page; empty where the keyword is not implemented yet.</param>
public sealed record KeywordRow<TContext>(string Name, string Usage, SectionSet Sections, KeywordStatus Status, string Doc)
{
    private const string Ignored = "...";

    private UsageNode? _pattern;

    /// <summary>The usage, checkable; made when it is first asked for.</summary>
    internal UsageNode Pattern => _pattern ??= UsagePattern.Parse(WordUsage);

    /// <summary>An argument in parentheses has to be written against the name: <c>set-var(txn.x)</c>.</summary>
    public bool NeedsParentheses => Usage.StartsWith('(');

    /// <summary>HAProxy drops further words without looking at them; the usage ends with a lone <c>...</c>.</summary>
    public bool IgnoresRest => Usage == Ignored || Usage.EndsWith(" " + Ignored, StringComparison.Ordinal);

    /// <summary>Set when <see cref="KeywordStatus.Implemented"/>.</summary>
    public KeywordParser<TContext>? Parse { get; init; }

    /// <summary>The usage is checked before <see cref="Parse"/>, as it is for rows without one.</summary>
    public bool ChecksUsage { get; init; }

    /// <summary><c>no</c> and <c>default</c> may stand before it.</summary>
    public bool IsNegatable { get; init; }

    /// <summary>In a section of the other side the line is an error instead of being ignored with a warning.</summary>
    public bool IsErrorElsewhere { get; init; }

    /// <summary>In a defaults section it is ignored with a warning; <see cref="Sections"/> is without it.</summary>
    public bool IsIgnoredInDefaults { get; init; }

    /// <summary>A defaults section that has it needs a name.</summary>
    public bool NeedsNamedDefaults => RuleKeywords.NeedNamedDefaults(Name);

    /// <summary>HAProxy version that brought it; null when not recorded.</summary>
    public string? Since { get; init; }

    /// <summary>The spelling of today, for older ones.</summary>
    public string? Modern { get; init; }

    /// <summary>The part of the usage that is about words of their own.</summary>
    private string WordUsage
    {
        get
        {
            string usage = IgnoresRest ? Usage[..^Ignored.Length] : Usage;
            return NeedsParentheses ? usage[(usage.IndexOf(')', StringComparison.Ordinal) + 1)..] : usage;
        }
    }

    /// <summary>What HAProxy 3.5 warns of whenever it is used; completes "'keyword' …".</summary>
    public string? Deprecation { get; init; }

    /// <summary>
    /// The part of the program that the value is for, while that does not exist: each use says so in a notice. Null for
    /// a value that acts.
    /// </summary>
    public string? Awaits { get; init; }

    /// <summary>
    /// Means something in <c>mode http</c> only: a tcp proxy that uses it is warned as <see cref="HttpOnly"/> says, and
    /// <see cref="Awaits"/> is said only of an http proxy.
    /// </summary>
    public bool IsHttpOnly { get; init; }

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
}

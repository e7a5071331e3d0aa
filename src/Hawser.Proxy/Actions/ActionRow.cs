using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Reads an action's arguments.</summary>
/// <returns>Null when they are wrong: the reader has been told why.</returns>
public delegate SessionAction? ActionParser(ActionReader reader);

/// <summary>One action of rules (manual, section 4.4).</summary>
/// <param name="Name">Without parentheses.</param>
/// <param name="Syntax">As in the manual.</param>
/// <param name="Sets">Where it is allowed.</param>
/// <param name="Parse">Null: known, but not implemented yet.</param>
/// <param name="Description">One line for the reference page.</param>
public sealed record ActionRow(string Name, string Syntax, RuleSets Sets, ActionParser? Parse, string Description)
{
    /// <summary>Its name is followed by an argument between parentheses.</summary>
    public bool HasParentheses { get; init; }

    /// <summary>Without a condition it leaves the rules behind it in its set without effect, which is warned of.</summary>
    public bool IsFinal { get; init; }
}

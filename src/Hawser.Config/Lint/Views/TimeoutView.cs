using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>A timeout in effect.</summary>
/// <param name="Milliseconds">0: none, which HAProxy writes as an explicit zero.</param>
/// <param name="Value">The word, for the place.</param>
public readonly record struct TimeoutView(Statement Statement, int Milliseconds, Word Value)
{
    public Origin At => Value.Origin;

    /// <summary>Null when the line holds no time.</summary>
    internal static TimeoutView? Read(Statement statement, int index)
    {
        if (index >= statement.Count) return null;
        Word word = statement[index];
        return TimeText.TryParse(word.Text, 1000, out int milliseconds, out _) == ValueError.None
            ? new TimeoutView(statement, milliseconds, word)
            : null;
    }
}

using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Control.Explain;

/// <summary>Finds what is known about two letters; every pair of letters that exist has an answer.</summary>
public static class TerminationTable
{
    private static readonly FrozenDictionary<string, TerminationPair> Pairs =
        ((IEnumerable<TerminationPair>)[.. ProxyPairs.Rows, .. ClientPairs.Rows, .. ServerPairs.Rows])
        .ToFrozenDictionary(static pair => pair.Letters, StringComparer.Ordinal);

    /// <summary>Those with a text of their own.</summary>
    public static IEnumerable<TerminationPair> Described => Pairs.Values;

    /// <param name="state">Two letters or more; the first two count.</param>
    public static TerminationPair Find(string state)
    {
        string letters = state.Length >= 2 ? state[..2] : state.PadRight(2, '-');
        return Pairs.GetValueOrDefault(letters) ?? Composed(letters);
    }

    /// <summary>A pair the manual does not discuss: its letters still say who and when.</summary>
    private static TerminationPair Composed(string letters)
    {
        string ending = TerminationLetters.Events.GetValueOrDefault(letters[0], $"'{letters[0]}' is no known letter");
        string phase = TerminationLetters.Phases.GetValueOrDefault(letters[1], $"'{letters[1]}' is no known letter");
        return new TerminationPair(letters, $"{char.ToUpperInvariant(ending[0])}{ending[1..]}, {phase}.",
            [new Cause("a rare pair that the manual does not discuss; each letter has its usual meaning")],
            [letters[0] is 'I'
                ? "report it: an internal error is always a bug; restart the process to be safe"
                : "neighbouring lines of the same frontend and server, and the proxy's own messages at this second"])
        {
            Timers = letters[0] switch
            {
                'c' => [TimerKind.Client],
                's' => [TimerKind.Server],
                _ => [],
            },
        };
    }
}

namespace Hawser.Control.Explain;

/// <summary>One stretch of a session's time.</summary>
/// <param name="Name">As the manual calls it: Tw, Tc …</param>
/// <param name="Words">What happened in it.</param>
/// <param name="Milliseconds">Null: it was not reached.</param>
/// <param name="Share">Of the total, 0 to 1.</param>
public sealed record TimerReading(string Name, string Words, long? Milliseconds, double Share)
{
    /// <summary>The session ended in this stretch: it was entered and not completed.</summary>
    public bool IsWhereItEnded { get; init; }

    /// <summary>What the value suggests; null: nothing.</summary>
    public string? Remark { get; init; }
}

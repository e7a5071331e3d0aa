using System.Collections.Immutable;

namespace Hawser.Config.Migration;

/// <summary>What a rule makes of a line.</summary>
/// <param name="Lines">In its place, without indentation and comment; empty: it goes.</param>
/// <param name="Reason">One sentence for the user.</param>
/// <param name="IsDone">False: it stays, and the reason says what to do by hand.</param>
internal sealed record MigrationStep(ImmutableArray<string> Lines, string Reason, bool IsDone)
{
    public static MigrationStep Replace(string reason, params string[] lines) => new([.. lines], reason, true);

    public static MigrationStep Remove(string reason) => new([], reason, true);

    public static MigrationStep Leave(string reason) => new([], reason, false);
}

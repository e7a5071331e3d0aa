using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Migration;

/// <summary>One line that was changed, or that should be and cannot.</summary>
/// <param name="After">The lines in its place, without indentation; empty when it was removed or left.</param>
/// <param name="Reason">Why, and what differs if anything does.</param>
/// <param name="IsDone">False: the line was left as it is, a person has to decide.</param>
public sealed record MigrationChange(
    Origin Origin, string Before, ImmutableArray<string> After, string Reason, bool IsDone);

/// <summary>A file in today's spelling.</summary>
public sealed record MigrationResult(byte[] Content, ImmutableArray<MigrationChange> Changes);

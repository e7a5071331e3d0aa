using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;

namespace Hawser.Config.Printing;

/// <summary>A line in effect.</summary>
/// <param name="Origin">Of the line that wrote it; for a server of its own line, not of default-server.</param>
internal sealed record EffectiveLine(ImmutableArray<string> Words, Origin Origin)
{
    public static EffectiveLine Of(Statement line) => new(
        [.. line.IsNegated ? (string[])[line.Prefix] : [], .. line.Words.ToArray().Select(static word => word.Text)],
        line.Origin);
}

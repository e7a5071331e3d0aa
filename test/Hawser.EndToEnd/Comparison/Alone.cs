using Xunit;

namespace Hawser.EndToEnd.Comparison;

/// <summary>
/// Tests that need the machine to themselves, or that would take it from everybody else: they run one after the other
/// when all others have ended.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

namespace Hawser.Simulation.Worlds;

/// <summary>An invariant that did not hold.</summary>
/// <param name="Invariant">Its name.</param>
/// <param name="What">What was seen and what should have been.</param>
/// <param name="TimeUs">When, in virtual time.</param>
/// <param name="Connection">The connection it was seen at; -1 when it concerns none.</param>
internal sealed record Violation(string Invariant, string What, long TimeUs, int Connection);

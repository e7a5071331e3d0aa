namespace Hawser.Fuzz.Runs;

/// <param name="Inputs">How many were tried.</param>
/// <param name="Outcomes">How many different things came of them.</param>
/// <param name="Finding">Null: nothing broke.</param>
internal sealed record FuzzResult(long Inputs, int Outcomes, FuzzFinding? Finding);

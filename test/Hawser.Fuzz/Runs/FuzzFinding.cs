namespace Hawser.Fuzz.Runs;

/// <param name="Input">As short as it could be made.</param>
/// <param name="Path">Where it was written to.</param>
internal sealed record FuzzFinding(byte[] Input, string Problem, string Path);

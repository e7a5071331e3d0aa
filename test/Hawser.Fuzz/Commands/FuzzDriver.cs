namespace Hawser.Fuzz.Commands;

/// <summary>Who makes the inputs.</summary>
internal enum FuzzDriver
{
    /// <summary>This program, from its corpus.</summary>
    Own,
    Afl,
    LibFuzzer,
}

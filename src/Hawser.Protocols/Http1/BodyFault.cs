namespace Hawser.Protocols.Http1;

/// <summary>Where a body breaks the protocol, counted from the first byte of the piece that was looked at.</summary>
/// <param name="Error">What is wrong.</param>
/// <param name="Kept">How much of the piece, in front of the fault, is still as it was received.</param>
/// <param name="Taken">Where the byte lies that is wrong; behind <paramref name="Kept"/> where extensions were cut out.</param>
/// <param name="Announced">Sizes of all chunks so far, together.</param>
public readonly record struct BodyFault(Http1Error Error, int Kept, int Taken, ulong Announced);

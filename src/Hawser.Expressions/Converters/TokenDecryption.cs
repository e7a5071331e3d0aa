using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Converters;

/// <summary>What one use of a converter that opens tokens was compiled to. Immutable.</summary>
/// <param name="Key">Null when the variable has it.</param>
/// <param name="KeyVariable">Holds a key of JSON; null for the others.</param>
/// <param name="Secret">Base64 in a variable; null for the others.</param>
internal sealed record TokenDecryption(
    TokenAlgorithmsAllowed Allowed, JsonWebKey? Key, Variable? KeyVariable, Base64Operand? Secret)
{
    public TokenKeyAlgorithm? FindKey(ReadOnlySpan<byte> name) =>
        TokenKeyAlgorithm.Find(name) is { } algorithm && Allowed.IsKeyAllowed(algorithm.Name) ? algorithm : null;

    public ContentEncryption? FindContent(ReadOnlySpan<byte> name) =>
        ContentEncryption.Find(name) is { } encryption && Allowed.IsContentAllowed(encryption.Name) ? encryption : null;
}

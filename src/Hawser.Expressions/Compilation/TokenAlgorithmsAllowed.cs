using System;

namespace Hawser.Expressions.Compilation;

/// <summary>The algorithms that encrypted tokens may use ("jwt.decrypt_alg_list", "jwt.decrypt_enc_list"). Immutable.</summary>
/// <param name="IsKeyAllowed">For a name of RFC 7518 section 4.1.</param>
/// <param name="IsContentAllowed">For a name of RFC 7518 section 5.1.</param>
public sealed record TokenAlgorithmsAllowed(Func<string, bool> IsKeyAllowed, Func<string, bool> IsContentAllowed)
{
    /// <summary>All but RSA1_5 (RFC 8725 section 3.2).</summary>
    public static TokenAlgorithmsAllowed Default { get; } = new(static name => name != "RSA1_5", static _ => true);
}

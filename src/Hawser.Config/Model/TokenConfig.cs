using System.Collections.Immutable;

namespace Hawser.Config.Model;

/// <summary>What the process allows encrypted JSON web tokens to use.</summary>
public sealed record TokenConfig
{
    /// <summary>All of RFC 7518 section 4.1 but RSA1_5, which RFC 8725 section 3.2 advises against.</summary>
    public static readonly ImmutableHashSet<string> DefaultKeyAlgorithms =
    [
        "RSA-OAEP", "RSA-OAEP-256", "A128KW", "A192KW", "A256KW", "dir", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW",
        "ECDH-ES+A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW",
    ];

    /// <summary>Those that may be named; what needs a password is not among those that can be used.</summary>
    public static readonly ImmutableHashSet<string> AllKeyAlgorithms = DefaultKeyAlgorithms.Union(
        ["RSA1_5", "PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW"]);

    /// <summary>RFC 7518 section 5.1.</summary>
    public static readonly ImmutableHashSet<string> AllContentAlgorithms =
        ["A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM"];

    /// <summary><c>jwt.decrypt_alg_list</c>.</summary>
    public ImmutableHashSet<string> KeyAlgorithms { get; init; } = DefaultKeyAlgorithms;

    /// <summary><c>jwt.decrypt_enc_list</c>.</summary>
    public ImmutableHashSet<string> ContentAlgorithms { get; init; } = AllContentAlgorithms;
}

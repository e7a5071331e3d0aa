using System;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Variables;

namespace Hawser.Expressions.Compilation;

/// <summary>What the compiler and the rows' preparations know about the place that an expression stands at.</summary>
/// <param name="Vocabulary">The fetches and converters there are.</param>
public sealed record CompileContext(Vocabulary Vocabulary)
{
    /// <summary>Where its value is wanted; <see cref="FetchContexts.None"/> when the caller does not mind.</summary>
    public FetchContexts Place { get; init; }

    /// <summary>Its values are compared with patterns: it stands in an ACL.</summary>
    public bool IsCriterion { get; init; }

    /// <summary>A part of an HTTP message is made of it: fetches of a connection's bytes have nothing to read then.</summary>
    public bool IgnoresBytes { get; init; }

    /// <summary>The configuration's variables.</summary>
    public VariableNames Variables { get; init; } = new();

    /// <summary>The configuration's lists of patterns and maps, and the regular expressions.</summary>
    public PatternLibrary Patterns { get; init; } = new();

    /// <summary>The ACLs that arguments name; null where there are none.</summary>
    public NamedConditions? Conditions { get; init; }

    /// <summary>The value of a variable of the process's environment; null when it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = static _ => null;

    /// <summary>The proxy whose lines are compiled; empty where it does not matter.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The public keys of tokens.</summary>
    public LoadedFiles PublicKeys { get; init; } = new();

    /// <summary>The certificates of tokens.</summary>
    public LoadedFiles Certificates { get; init; } = new();

    /// <summary>Which algorithms of encrypted tokens are allowed.</summary>
    public TokenAlgorithmsAllowed TokenAlgorithms { get; init; } = TokenAlgorithmsAllowed.Default;

    /// <summary>The proxies, servers and tables that arguments name.</summary>
    public NameDirectory Names { get; init; } = NameDirectory.Empty;
}

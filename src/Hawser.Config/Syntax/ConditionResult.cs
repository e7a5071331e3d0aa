using System.Collections.Generic;

namespace Hawser.Config.Syntax;

public enum ConditionOutcome
{
    False,
    True,
    Error,
}

/// <param name="Message">What is wrong; empty without error.</param>
/// <param name="Index">0-based position of the fault in the expression.</param>
public readonly record struct ConditionResult(ConditionOutcome Outcome, string Message = "", int Index = 0);

/// <summary>What predicates ask about.</summary>
/// <param name="Version">HAProxy-compatible, as <c>-v</c> shows it: "3.5.0", "2.4-dev19".</param>
/// <param name="Features">Names for <c>feature()</c>.</param>
/// <param name="EnabledOptions">Names for <c>enabled()</c>.</param>
/// <param name="TlsLibrary">Such as "OpenSSL 3.0.15"; empty without one.</param>
public sealed record ConditionFacts(
    VariableScope Variables,
    string Version,
    IReadOnlySet<string> Features,
    IReadOnlySet<string> EnabledOptions,
    string TlsLibrary);

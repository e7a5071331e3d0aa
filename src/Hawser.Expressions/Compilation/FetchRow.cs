using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Compilation;

/// <summary>Takes one sample.</summary>
/// <returns>False when the source has no such value now; the sample is then meaningless.</returns>
public delegate bool FetchEvaluator(SampleSource source, Arguments arguments, ref Sample sample);

/// <summary>Looks at one pattern of an ACL.</summary>
/// <returns>What is wrong with it, or null.</returns>
public delegate string? PatternCheck(Arguments arguments, string pattern);

/// <summary>One sample fetch method (manual, sections 7.3.2 to 7.3.7).</summary>
/// <param name="Name">As written in a configuration.</param>
/// <param name="Signature">What may stand between the parentheses.</param>
/// <param name="Type">What it returns.</param>
/// <param name="Contexts">Where it can have a value.</param>
/// <param name="Evaluate">A static method: no state but the source's.</param>
/// <param name="Since">First version of HAProxy that has it; empty for those of Hawser's own.</param>
/// <param name="Description">One line for the reference page.</param>
public sealed record FetchRow(
    string Name,
    ArgumentSignature Signature,
    SampleType Type,
    FetchContexts Contexts,
    FetchEvaluator Evaluate,
    string Since,
    string Description)
{
    /// <summary>Looks at the arguments of a use; null when their types say everything.</summary>
    public ArgumentPreparation? Prepare { get; init; }

    /// <summary>The step of a session from which the value is final: when a log line can show it.</summary>
    public AvailableFrom AvailableFrom { get; init; }

    /// <summary>
    /// Asks the kernel about an open connection: a log line that is written after the end needs it asked before.
    /// </summary>
    public bool ReadsConnection { get; init; }

    /// <summary>It reads a message of HTTP rather than the bytes or the connection: errors name that.</summary>
    public bool ReadsHttp { get; init; }

    /// <summary>It reads the bytes of a connection themselves ("layer 6"): in mode http they belong to the messages.</summary>
    public bool ReadsBytes =>
        !ReadsHttp && Contexts is (FetchContexts.RequestBuffer or FetchContexts.ResponseBuffer or FetchContexts.AnyBuffer);

    /// <summary>Looks at a pattern that the fetch is compared with in an ACL; null when any will do.</summary>
    public PatternCheck? CheckPattern { get; init; }

    /// <summary>Its value depends on its arguments only, so that it is computed when it is compiled.</summary>
    public bool IsConstant { get; init; }
}

using Hawser.Io.Kernels;

namespace Hawser.Proxy.Checks;

/// <summary>Where a check failed: it decides the words around the kernel's error.</summary>
public enum CheckStep
{
    None,

    /// <summary>The socket was not created, or connect(2) refused at once.</summary>
    Socket,

    /// <summary>The "source" address could not be bound.</summary>
    Source,

    /// <summary>The connection was under way.</summary>
    Connection,
}

/// <summary>
/// One result. Holds what its text is made of, not the text: most results are never told.
/// </summary>
/// <param name="Error">What the kernel said; None when it said nothing.</param>
/// <param name="DurationMs">From the start of the check; -1 for observed traffic, which has none.</param>
/// <param name="ObservedErrors">For <see cref="CheckStatus.HealthAnalyze"/>: how many errors in a row.</param>
public readonly record struct CheckOutcome(
    CheckStatus Status,
    KernelError Error = KernelError.None,
    CheckStep Step = CheckStep.None,
    int DurationMs = -1,
    int ObservedErrors = 0)
{
    public bool Passed => Status == CheckStatus.Layer4Passed;
}

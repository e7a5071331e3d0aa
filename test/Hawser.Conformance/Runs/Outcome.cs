namespace Hawser.Conformance.Runs;

/// <summary>How a test ended.</summary>
internal enum Outcome
{
    Passed,

    Failed,

    /// <summary>The test itself found that something it needs is not there: a feature, a program.</summary>
    NotApplicable,

    /// <summary>It was ended from outside after its time.</summary>
    TimedOut,
}

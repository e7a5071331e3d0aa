namespace Hawser.Commands;

/// <summary>Exit statuses, which scripts know from HAProxy.</summary>
internal static class ExitStatus
{
    public const int Success = 0;

    /// <summary>Any failure to start; <c>-cc</c>: the condition is false.</summary>
    public const int Failure = 1;

    /// <summary><c>-cc</c>: the condition cannot be evaluated.</summary>
    public const int BadCondition = 2;

    /// <summary><c>check</c>, <c>lint</c>: wrong arguments, or a file that could not be read.</summary>
    public const int Unreadable = 2;

    /// <summary>Of a master that a signal other than SIGTERM ends: this, and the number of the signal.</summary>
    public const int MasterKilled = 128;
}

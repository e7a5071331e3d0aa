namespace Hawser.Expressions.Samples;

/// <summary>
/// The memory limits of a process's variables ("tune.vars.global-max-size" and its kin) and what they have refused.
/// Shared by all loops.
/// </summary>
public sealed class VariableLimits
{
    private readonly long[] _limitBytes = new long[(int)VariableScope.Check + 1];

    public VariableLimits(long globalBytes, long processBytes, long sessionBytes, long transactionBytes, long requestBytes)
    {
        _limitBytes[(int)VariableScope.Process] = processBytes;
        _limitBytes[(int)VariableScope.Session] = sessionBytes;
        _limitBytes[(int)VariableScope.Transaction] = transactionBytes;
        _limitBytes[(int)VariableScope.Request] = _limitBytes[(int)VariableScope.Response] = requestBytes;
        _limitBytes[(int)VariableScope.Check] = requestBytes;
        Process = Budget(VariableScope.Process, new VariableBudget(globalBytes, null, Refusals));
        ProcessVariables = new SharedVariableStore(Process);
    }

    /// <summary>All variables together: what counts in a session counts in the process (manual, "tune.vars").</summary>
    public VariableBudget Process { get; }

    public VariableRefusals Refusals { get; } = new();

    /// <summary>The variables of scope proc.</summary>
    public VariableStore ProcessVariables { get; }

    public VariableBudget Budget(VariableScope scope, VariableBudget outer) =>
        new(_limitBytes[(int)scope], outer, Refusals);
}

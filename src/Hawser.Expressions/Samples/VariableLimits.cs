using System.Collections.Immutable;

namespace Hawser.Expressions.Samples;

/// <summary>
/// The memory limits of a process's variables ("tune.vars.global-max-size" and its kin) and what they have refused.
/// Shared by all loops.
/// </summary>
public sealed class VariableLimits
{
    public VariableLimits(long globalBytes, long processBytes, long sessionBytes, long transactionBytes, long requestBytes)
    {
        All =
        [
            new("global", globalBytes), new("proc", processBytes), new("sess", sessionBytes), new("txn", transactionBytes),
            new("reqres", requestBytes),
        ];
        Process = Budget(VariableScope.Process, new VariableBudget(null, All[0]));
        ProcessVariables = new SharedVariableStore(Process);
    }

    /// <summary>From the coarsest to the finest, each with what it has refused.</summary>
    public ImmutableArray<VariableRefusals> All { get; }

    /// <summary>All variables together: what counts in a session counts in the process (manual, "tune.vars").</summary>
    public VariableBudget Process { get; }

    /// <summary>The variables of scope proc.</summary>
    public VariableStore ProcessVariables { get; }

    public VariableBudget Budget(VariableScope scope, VariableBudget outer) => new(outer, All[scope switch
    {
        VariableScope.Process => 1,
        VariableScope.Session => 2,
        VariableScope.Transaction => 3,
        _ => 4,
    }]);
}

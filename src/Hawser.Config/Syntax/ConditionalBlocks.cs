using System.Collections.Generic;

namespace Hawser.Config.Syntax;

/// <summary>Which lines count, inside nested <c>.if</c> blocks (manual, 2.4). One per file.</summary>
public sealed class ConditionalBlocks
{
    private enum Branch
    {
        /// <summary>Lines count.</summary>
        Taken,

        /// <summary>No branch was true so far.</summary>
        Waiting,

        /// <summary>An earlier branch was taken, the outer block is skipped, or the condition was wrong.</summary>
        Skipped,
    }

    private readonly Stack<(Branch Branch, bool HasElse)> _levels = new();

    public bool IsOpen => _levels.Count > 0;

    public bool IsActive => _levels.Count == 0 || _levels.Peek().Branch == Branch.Taken;

    /// <summary>True when the condition of an <c>.elif</c> here matters.</summary>
    public bool IsElifEvaluated => IsOpen && _levels.Peek() is (Branch.Waiting, false);

    /// <summary>True when <c>.elif</c> and <c>.else</c> may stand here.</summary>
    public bool CanBranch => IsOpen && !_levels.Peek().HasElse;

    /// <param name="outcome">Ignored while <see cref="IsActive"/> is false.</param>
    public void If(ConditionOutcome outcome) =>
        _levels.Push((IsActive ? BranchFor(outcome) : Branch.Skipped, false));

    public void Elif(ConditionOutcome outcome)
    {
        Branch branch = _levels.Pop().Branch;
        _levels.Push((branch == Branch.Waiting ? BranchFor(outcome) : Branch.Skipped, false));
    }

    public void Else()
    {
        Branch branch = _levels.Pop().Branch;
        _levels.Push((branch == Branch.Waiting ? Branch.Taken : Branch.Skipped, true));
    }

    public void EndIf() => _levels.Pop();

    /// <summary>A wrong condition skips all branches, so that one mistake gives one message.</summary>
    private static Branch BranchFor(ConditionOutcome outcome) => outcome switch
    {
        ConditionOutcome.True => Branch.Taken,
        ConditionOutcome.False => Branch.Waiting,
        _ => Branch.Skipped,
    };
}

using Hawser.Expressions.Samples;

namespace Hawser.Proxy.Streams;

/// <summary>The variables of one session, made when it first meets a rule and kept for the next session in its place.</summary>
public sealed class SessionVariables
{
    private readonly VariableStore[] _stores;

    public SessionVariables(VariableLimits limits)
    {
        VariableBudget session = limits.Budget(VariableScope.Session, limits.Process);
        VariableBudget transaction = limits.Budget(VariableScope.Transaction, session);
        _stores =
        [
            new VariableStore(session),
            new VariableStore(transaction),
            new VariableStore(limits.Budget(VariableScope.Request, transaction)),
            new VariableStore(limits.Budget(VariableScope.Response, transaction)),
        ];
    }

    /// <summary>Null for the scopes that are not a session's.</summary>
    public VariableStore? Of(VariableScope scope) =>
        scope is >= VariableScope.Session and <= VariableScope.Response ? _stores[scope - VariableScope.Session] : null;

    /// <summary>Variables of the scope "sess" are set.</summary>
    public bool HasSessionValues => !_stores[0].IsEmpty;

    /// <summary>One request ends: its variables and its response's are gone, the session's stay.</summary>
    public void ClearTransaction()
    {
        for (int scope = 1; scope < _stores.Length; scope++) _stores[scope].Clear();
    }

    public void Clear()
    {
        foreach (VariableStore store in _stores) store.Clear();
    }
}

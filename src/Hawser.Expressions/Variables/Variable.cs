using System;
using Hawser.Expressions.Samples;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Expressions.Variables;

/// <summary>One variable as an expression or a rule names it: <c>txn.name</c>. Immutable.</summary>
public sealed class Variable
{
    private const string Scopes = "'proc', '(p)sess', '(p)txn', '(p)req', '(p)res' or 'check'";

    /// <summary>Of a parent's variable: a stream that a client opened has no parent, so it is never set.</summary>
    private const int NoNumber = -1;

    private readonly int _number;

    private Variable(VariableScope scope, int number, string name)
    {
        Scope = scope;
        _number = number;
        Name = name;
    }

    public VariableScope Scope { get; }

    /// <summary>As written, with its scope.</summary>
    public string Name { get; }

    /// <param name="name">With its scope; letters, digits, underscores and dots.</param>
    /// <param name="problem">HAProxy's sentence, null on success.</param>
    public static Variable? Parse(string name, VariableNames names, out string? problem)
    {
        problem = null;
        if (name.Length == 0)
        {
            problem = "Empty variable name cannot be accepted";
            return null;
        }

        int dot = name.IndexOf('.');
        VariableScope? scope = dot < 0 ? null : ScopeOf(name.AsSpan(0, dot));
        bool isOfParent = scope is null && dot > 0 && name[0] == 'p'
            && ScopeOf(name.AsSpan(1, dot - 1)) is >= VariableScope.Session and <= VariableScope.Response;
        if (isOfParent) scope = ScopeOf(name.AsSpan(1, dot - 1));
        if (scope is null || dot + 1 == name.Length)
        {
            problem = $"invalid variable name '{name}'. A variable name must start with its scope. The scope can be {Scopes}";
            return null;
        }

        foreach (char character in name.AsSpan(dot + 1))
        {
            if (character < 128 && (Ascii.IsAlphaNumeric((byte)character) || character is '_' or '.')) continue;
            problem = $"invalid syntax at char '{character}'";
            return null;
        }

        return new Variable(scope.Value, isOfParent ? NoNumber : names.NumberOf(scope.Value, name[(dot + 1)..]), name);
    }

    /// <returns>False when it is not set, or its scope does not exist here.</returns>
    public bool TryGet(SampleSource source, ref Sample sample)
    {
        if (_number < 0 || source.Variables(Scope)?.Find(_number) is not { } value) return false;
        value.Load(ref sample);
        return true;
    }

    /// <returns>False when its scope does not exist here or is full.</returns>
    public bool TrySet(SampleSource source, scoped in Sample sample) =>
        _number >= 0 && source.Variables(Scope) is { } store && store.TrySet(_number, in sample);

    public void Unset(SampleSource source)
    {
        if (_number >= 0) source.Variables(Scope)?.Unset(_number);
    }

    private static VariableScope? ScopeOf(ReadOnlySpan<char> text) => text switch
    {
        "proc" => VariableScope.Process,
        "sess" => VariableScope.Session,
        "txn" => VariableScope.Transaction,
        "req" => VariableScope.Request,
        "res" => VariableScope.Response,
        "check" => VariableScope.Check,
        _ => null,
    };
}

using System.Linq;
using System.Text;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Streams;
using Xunit;

namespace Hawser.Tests.Expressions;

/// <summary>The memory of variables: a limit of a scope holds for the scopes inside of it, and counts what it refuses.</summary>
public sealed class VariableLimitsTests
{
    private const int Room = VariableBudget.OverheadBytes + 10;

    [Theory]
    [InlineData(VariableScope.Process, "global", Room, 0, 0, 0, 0)]
    [InlineData(VariableScope.Process, "proc", 0, Room, 0, 0, 0)]
    [InlineData(VariableScope.Session, "proc", 0, Room, 0, 0, 0)]
    [InlineData(VariableScope.Session, "sess", 0, 0, Room, 0, 0)]
    [InlineData(VariableScope.Transaction, "sess", 0, 0, Room, 0, 0)]
    [InlineData(VariableScope.Transaction, "txn", 0, 0, 0, Room, 0)]
    [InlineData(VariableScope.Request, "global", Room, 0, 0, 0, 0)]
    [InlineData(VariableScope.Request, "txn", 0, 0, 0, Room, 0)]
    [InlineData(VariableScope.Request, "reqres", 0, 0, 0, 0, Room)]
    [InlineData(VariableScope.Response, "reqres", 0, 0, 0, 0, Room)]
    public void A_limit_refuses_what_does_not_fit_and_counts_it(VariableScope scope, string refuses, long global, long process, long session, long transaction, long request)
    {
        VariableLimits limits = new(global, process, session, transaction, request);
        SessionVariables variables = new(limits);
        VariableStore store = variables.Of(scope) ?? limits.ProcessVariables;
        Assert.True(TrySet(store, 0, "0123456789"));
        Assert.False(TrySet(store, 1, ""));
        Assert.False(TrySet(store, 0, "0123456789a"));
        Assert.Equal(10, store.Find(0)!.ByteCount);
        Assert.Equal([(refuses, 2L)], limits.All.Where(static limit => limit.Total > 0).Select(static limit => (limit.Name, limit.Total)));

        // A refusal leaves nothing behind, and what is unset gives its room back.
        Assert.Equal(Room, limits.Process.UsedBytes);
        store.Unset(0);
        Assert.Equal(0, limits.Process.UsedBytes);
        Assert.True(TrySet(store, 1, "abcdefghij"));
    }

    [Fact]
    public void A_request_fills_its_transaction_and_another_scope_has_its_own_room()
    {
        VariableLimits limits = new(0, 0, 0, 2 * Room, Room);
        SessionVariables variables = new(limits);
        Assert.True(TrySet(variables.Of(VariableScope.Request)!, 0, "0123456789"));
        Assert.True(TrySet(variables.Of(VariableScope.Response)!, 0, "0123456789"));
        Assert.False(TrySet(variables.Of(VariableScope.Transaction)!, 0, ""));
        variables.ClearTransaction();
        Assert.Equal(0, limits.Process.UsedBytes);
        Assert.True(TrySet(variables.Of(VariableScope.Transaction)!, 0, ""));
    }

    private static bool TrySet(VariableStore store, int number, string value)
    {
        Sample sample = default;
        sample.SetString(Encoding.ASCII.GetBytes(value));
        return store.TrySet(number, in sample);
    }
}

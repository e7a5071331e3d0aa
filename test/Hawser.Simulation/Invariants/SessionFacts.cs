using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Invariants;

/// <summary>A finished session: what the proxy says, and what its two connections went through.</summary>
internal readonly record struct SessionFacts(SessionLine Line, TcpEnd Client, TcpEnd? Server, TimeoutBook Timeouts)
{
    /// <summary>The ledger was filled: only an abnormal end pays for it.</summary>
    public bool IsWeighed => Line.Cause != '-' || Timeouts.HasNoLinger;

    public int Connection => Client.Connection.Number;

    public long NowUs => Client.Connection.Network.World.NowUs;

    public void Fail(string invariant, string what)
    {
        string name = $"{Line.Client} to {Line.Backend}/{Line.Server}, {Line.Cause}{Line.Phase}";
        Client.Connection.Network.World.Fail(invariant, $"{what} ({name})", Connection);
    }
}

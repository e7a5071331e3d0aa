using System;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Invariants;

/// <summary>A finished request: what the proxy says, and what client, servers and their connections went through.</summary>
/// <param name="Inquiry">Null: the connection came to its end before there was a request.</param>
internal readonly record struct RequestFacts(RequestLine Line, HttpClient Client, Inquiry? Inquiry, TcpEnd? Server, TimeoutBook Timeouts)
{
    /// <summary>The proxy's end of the client's connection.</summary>
    public TcpEnd ClientEnd => Client.End.Peer;

    /// <summary>The answer is a server's; null: the proxy's own, or there was none.</summary>
    public Execution? Answer => Inquiry?.Answer;

    public long NowUs => Client.World.NowUs;

    public void Fail(string invariant, string what) => Client.World.Fail(
        invariant,
        $"{what} (request {Inquiry?.Id ?? 0} of {Line.Client} to {Line.Backend}/{Line.Server}, {Line.Cause}{Line.Phase} {Line.Status})",
        ClientEnd.Connection.Number);
}

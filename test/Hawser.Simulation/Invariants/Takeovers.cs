using System.Collections.Generic;
using Hawser.Base.Network;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Invariants;

/// <summary>
/// Which configuration requests go by, in mode http: rules mark each request with the number of their configuration. Once
/// another one has taken over, a connection goes by it from its next request on; one whose listener has gone gets the
/// answers that are under way, and no request that comes later is taken from it.
/// </summary>
internal sealed class Takeovers
{
    /// <summary>The header that the rules of a configuration set.</summary>
    public const string Mark = "x-set";

    private readonly List<(int Number, long DoneUs)> _done = [(0, 0)];
    private readonly Dictionary<ulong, long> _goneUs = [];

    /// <summary>The last one that has begun to take over.</summary>
    public int Newest { get; private set; }

    public void Begun(int number) => Newest = number;

    /// <summary>Every loop has taken over.</summary>
    public void Done(int number, long nowUs) => _done.Add((number, nowUs));

    /// <summary>No listener is at this address any more.</summary>
    public void Gone(in NetworkAddress address, long nowUs) => _goneUs[Network.Key(address)] = nowUs;

    /// <summary>Its listener has come and gone at some time in the run: it may have been turned away.</summary>
    public bool IsPassing(HttpClient client) => HasGone(client.End.Connection.To);

    /// <summary>A listener at this address has gone at some time.</summary>
    public bool HasGone(in NetworkAddress address) => _goneUs.ContainsKey(Network.Key(address));

    /// <summary>What is wrong with a request that a server gets; null: nothing.</summary>
    public string? Problem(Inquiry inquiry, MessageHead head)
    {
        if (!int.TryParse(head.Find(Mark), out int number))
            return "without the mark of a configuration";
        if (number > Newest)
            return $"by configuration {number}, which has not begun yet";
        TcpConnection connection = inquiry.Client.End.Connection;
        bool isDraining = _goneUs.TryGetValue(Network.Key(connection.To), out long goneUs) && connection.Far.AcceptedUs <= goneUs;
        if (isDraining)
            return inquiry.SaidUs > goneUs ? "on a connection whose listener had gone before" : null;
        int least = 0;
        foreach ((int done, long doneUs) in _done)
        {
            if (doneUs < inquiry.SaidUs)
                least = done;
        }

        return number < least ? $"by configuration {number}, when configuration {least} had taken over" : null;
    }
}

using Hawser.Base.Network;

namespace Hawser.Simulation.Networks;

/// <summary>One TCP connection: two ends, two flows, one way between them.</summary>
internal sealed class TcpConnection
{
    public TcpConnection(Network network, int number, NetworkAddress from, NetworkAddress to)
    {
        Network = network;
        Number = number;
        From = from;
        To = to;
        Near = new TcpEnd(this, isNear: true);
        Far = new TcpEnd(this, isNear: false);
        Near.Out = new Flow(Near, Far);
        Far.Out = new Flow(Far, Near);
    }

    public Network Network { get; }

    /// <summary>From 0 in the order they were begun.</summary>
    public int Number { get; }

    public NetworkAddress From { get; }

    public NetworkAddress To { get; }

    /// <summary>Whom the listener takes for the client: <see cref="From"/>, or what a PROXY header says.</summary>
    public NetworkAddress Claimed;

    /// <summary>The end that connected.</summary>
    public TcpEnd Near { get; }

    /// <summary>The end that was connected to.</summary>
    public TcpEnd Far { get; }

    public Link Link;

    public bool IsEstablished;

    /// <summary>Something between the ends broke it: both were told by a reset.</summary>
    public bool IsBrokenByLink;

    /// <summary>A proxy's health check, no session.</summary>
    public bool IsCheck;

    /// <summary>The client whose session it serves; -1 while that is not known.</summary>
    public int Client = -1;

    /// <summary>Nothing can happen to it any more.</summary>
    public bool IsOver => Near.IsClosed && Far.IsClosed;
}

using Hawser.Base.Network;
using Hawser.Base.Random;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Scenarios;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Actors;

/// <summary>How a server meets who connects.</summary>
internal enum ServerMood
{
    Accepts,
    Refuses,

    /// <summary>Answers nothing: the host is off, or a firewall swallows it.</summary>
    IsSilent,

    /// <summary>Accepts and resets at once.</summary>
    Resets,
}

/// <summary>A server: a listening address whose mood changes, and a peer for each connection.</summary>
internal sealed class ServerActor : SynTarget
{
    private readonly Network _network;
    private readonly ActorMix _mix;
    private readonly Prng _moods;
    private readonly int _index;
    private readonly MoodTimer _timer;
    private readonly ExchangeBook? _book;
    private long _connections;

    /// <param name="book">With it the server speaks HTTP.</param>
    public ServerActor(Network network, NetworkAddress address, int index, ActorMix mix, ExchangeBook? book = null)
    {
        _book = book;
        _network = network;
        _mix = mix;
        _index = index;
        Address = address;
        _moods = network.World.Stream(SeedUse.ServerStates, index);
        _timer = new MoodTimer(this);
        network.Listen(address, this);
        if (mix.ServersFlap)
            network.World.After(NextMoodUs(), _timer);
    }

    public NetworkAddress Address { get; }

    public ServerMood Mood { get; private set; }

    /// <summary>When a connection to it last failed for a reason of its own.</summary>
    public long TroubleUs { get; private set; } = long.MinValue;

    /// <summary>The quiet phase: it takes and serves everybody.</summary>
    public void Calm() => Mood = ServerMood.Accepts;

    public override SynAnswer OnSyn(TcpConnection connection)
    {
        switch (Mood)
        {
            case ServerMood.Refuses:
                TroubleUs = _network.World.NowUs;
                return SynAnswer.Refused;
            case ServerMood.IsSilent:
                TroubleUs = _network.World.NowUs;
                return SynAnswer.Dropped;
        }

        Prng random = _network.World.Stream(SeedUse.Servers, ((long)_index << 32) + _connections++);
        PeerScript script = _book is not null ? ScriptPlan.HttpServer(random)
            : _network.World.IsQuiet ? ScriptPlan.PlainServer(random, 1 + random.NextBelow(5000))
            : ScriptPlan.Server(random, _mix);
        if (Mood == ServerMood.Resets)
        {
            script = PeerScript.New("resets at once") with { ResetsAfter = 0 };
            TroubleUs = _network.World.NowUs;
        }

        Peer peer = _book is null ? new Peer(_network.World, script) : new HttpServerPeer(_network.World, script, _index, _book);
        peer.Begin(connection.Far, default);
        return SynAnswer.Accepted;
    }

    private long NextMoodUs() => 1000L * (1 + _moods.NextBelow((uint)(2 * _mix.FlapEveryMs)));

    private void Change()
    {
        if (_network.World.IsQuiet)
            return;
        Mood = Mood != ServerMood.Accepts || _moods.NextChance(1, 4)
            ? ServerMood.Accepts
            : (ServerMood)(1 + _moods.NextBelow(3));
        _network.World.Note(Mood switch
        {
            ServerMood.Accepts => Act.ServerUp,
            ServerMood.Refuses => Act.ServerRefuses,
            ServerMood.IsSilent => Act.ServerSilent,
            _ => Act.ServerResets,
        }, value: _index);
        _network.World.After(NextMoodUs(), _timer);
    }

    private sealed class MoodTimer(ServerActor server) : WorldTask
    {
        public override void Run(int argument) => server.Change();
    }
}

using System.Collections.Generic;
using Hawser.Base.Network;
using Hawser.Base.Random;
using Hawser.Io.Kernels;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Networks;

/// <summary>Who listens where, and the connections between them.</summary>
internal sealed class Network
{
    /// <summary>The longest that bytes can be under way.</summary>
    private const long ChainUs = 300_000_000;

    private readonly Dictionary<ulong, List<SynTarget>> _listeners = [];
    private readonly Dictionary<(int Proxy, ulong Client), TcpConnection> _byClient = [];
    private readonly Dictionary<int, ByteStream> _streams = [];
    private readonly Prng _patterns;
    private readonly List<TcpConnection> _all = [];
    private readonly Queue<(int Id, long DueUs)> _leaving = new();
    private int _nextConnection;

    public Network(World world, FaultPlan faults, LinkPlan links)
    {
        World = world;
        Faults = faults;
        Links = links;
        _patterns = world.Stream(SeedUse.Patterns);
        Noise = new Noise(_patterns);
    }

    /// <summary>One proxy's servers may be another one's frontends.</summary>
    public bool HasChain { get; init; }

    public World World { get; }

    public FaultPlan Faults { get; }

    public LinkPlan Links { get; }

    public Noise Noise { get; }

    /// <summary>All connections begun so far; only while a trace is kept.</summary>
    public IReadOnlyList<TcpConnection> All => _all;

    public int OpenStreams => _streams.Count;

    public static ulong Key(in NetworkAddress address) => ((ulong)address.IPv4Value << 16) | address.Port;

    public void Listen(in NetworkAddress address, SynTarget target)
    {
        if (!_listeners.TryGetValue(Key(address), out List<SynTarget>? targets))
            _listeners.Add(Key(address), targets = []);
        targets.Add(target);
    }

    public void StopListening(in NetworkAddress address, SynTarget target)
    {
        if (_listeners.TryGetValue(Key(address), out List<SynTarget>? targets))
            targets.Remove(target);
    }

    public bool IsTaken(in NetworkAddress address) =>
        _listeners.TryGetValue(Key(address), out List<SynTarget>? targets) && targets.Count > 0;

    /// <summary>Begins a handshake; the owner of the near end hears how it ends.</summary>
    public TcpConnection Connect(in NetworkAddress from, in NetworkAddress to, EndOwner owner)
    {
        TcpConnection connection = new(this, _nextConnection++, from, to) { Claimed = from };
        connection.Near.Owner = owner;
        connection.Near.OpenedUs = World.NowUs;
        connection.Near.LastReadUs = World.NowUs;
        connection.Near.LastWriteUs = World.NowUs;
        Links.Prepare(connection);
        if (World.Trace.IsKept)
            _all.Add(connection);
        Handshake handshake = new(connection);
        World.After(connection.Link.TravelUs(World.NowUs, 0), handshake, Handshake.SynArrives);
        return connection;
    }

    /// <summary>Finds the connection of a client, as the log of the proxy that accepted it calls it.</summary>
    public TcpConnection? FindByClient(int proxy, in NetworkAddress client) => _byClient.GetValueOrDefault((proxy, Key(client)));

    public void Remember(int proxy, TcpConnection connection) => _byClient[(proxy, Key(connection.Claimed))] = connection;

    public void Forget(int proxy, TcpConnection connection)
    {
        if (FindByClient(proxy, connection.Claimed) == connection)
            _byClient.Remove((proxy, Key(connection.Claimed)));
    }

    /// <summary>A new voice on a flow that an actor writes.</summary>
    public ByteStream NewStream(Flow flow)
    {
        // The low bit tells the two ends of a connection apart; the rest is mixed so that neighbours look different.
        uint id = (uint)flow.From.Connection.Number * 2 + (flow.From.IsNear ? 0U : 1U);
        id = (id * 0x9E3779B1) ^ 0x5BD1E995;
        ByteStream stream = new((int)id, (int)_patterns.NextBelow(60000), flow);
        _streams.Add(stream.Id, stream);
        return stream;
    }

    public ByteStream? FindStream(int id) => _streams.GetValueOrDefault(id);

    /// <summary>
    /// A session is over. What its actors said may still be on its way through another proxy, so that their streams are
    /// known for a while yet where there is one.
    /// </summary>
    public void ForgetLater(ByteStream? stream)
    {
        if (stream is null)
            return;
        if (!HasChain)
        {
            _streams.Remove(stream.Id);
            return;
        }

        _leaving.Enqueue((stream.Id, World.NowUs + ChainUs));
        while (_leaving.Peek().DueUs < World.NowUs)
            _streams.Remove(_leaving.Dequeue().Id);
    }

    public static int ProxyOf(TcpEnd end) => end.Owner is IOwnedByProxy owned ? owned.ProxyIndex : 0;

    private SynAnswer Offer(TcpConnection connection)
    {
        if (!_listeners.TryGetValue(Key(connection.To), out List<SynTarget>? targets) || targets.Count == 0)
            return SynAnswer.Refused;
        // Several sockets at one address (SO_REUSEPORT) share its clients.
        return targets[connection.Number % targets.Count].OnSyn(connection);
    }

    private sealed class Handshake(TcpConnection connection) : WorldTask
    {
        public const int SynArrives = 0;
        private const int AnswerArrives = 1;
        private const int RefusalArrives = 2;
        private const int Retransmit = 3;

        private int _attempts;

        public override void Run(int argument)
        {
            World world = connection.Network.World;
            switch (argument)
            {
                case SynArrives:
                    Arrive(world);
                    break;
                case AnswerArrives when !connection.Near.IsDead:
                    connection.IsEstablished = true;
                    connection.Near.LastReadUs = world.NowUs;
                    connection.Near.LastWriteUs = world.NowUs;
                    world.Note(Act.Established, connection.Number, isNear: true);
                    connection.Near.Owner?.OnEstablished(connection.Near);
                    connection.Near.Out.Pump();
                    break;
                case RefusalArrives:
                    connection.Near.TakeReset(KernelError.ConnectionRefused);
                    break;
                case Retransmit when !connection.Near.IsDead:
                    Arrive(world);
                    break;
            }
        }

        private void Arrive(World world)
        {
            if (connection.Near.IsDead)
                return;
            connection.Far.OpenedUs = world.NowUs;
            SynAnswer answer = connection.Network.Offer(connection);
            long travelUs = connection.Link.TravelUs(world.NowUs, 0);
            world.Note(answer == SynAnswer.Dropped ? Act.SynDropped : Act.Syn, connection.Number, isNear: false, (int)answer);
            if (answer == SynAnswer.Accepted)
            {
                connection.Far.LastReadUs = world.NowUs;
                connection.Far.LastWriteUs = world.NowUs;
                world.After(travelUs, this, AnswerArrives);
                connection.Far.Owner?.OnEstablished(connection.Far);
                return;
            }

            connection.Far.OpenedUs = 0;
            if (answer == SynAnswer.Refused)
            {
                connection.Far.IsClosed = true;
                connection.Far.IsDead = true;
                world.After(travelUs, this, RefusalArrives);
            }
            else if (_attempts++ < 6)
            {
                // Linux doubles its patience each time: 1 s, 2 s, 4 s …
                world.After(1_000_000L << (_attempts - 1), this, Retransmit);
            }
            else
            {
                connection.Near.TakeReset(KernelError.TimedOut);
            }
        }
    }
}

/// <summary>An owner that is a descriptor of a proxy.</summary>
internal interface IOwnedByProxy
{
    int ProxyIndex { get; }
}

using System;
using System.Collections.Generic;
using Hawser.Base.Network;
using Hawser.Base.Random;
using Hawser.Protocols.ProxyProtocol;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Scenarios;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Actors;

/// <summary>All clients of a run: each comes at its time and does its part, drawn from a stream of its own.</summary>
internal sealed class ClientPopulation : WorldTask
{
    private const int PortsPerHost = 60_000;

    private readonly Network _network;
    private readonly Scenario _scenario;
    private readonly NetworkAddress[] _destinations;

    /// <summary>Of the destinations, those that are there at any time.</summary>
    private readonly NetworkAddress[] _lasting;
    private readonly int _count;
    private readonly Predicate<int> _takesPart;
    private readonly Prng _arrivals;
    private readonly ExchangeBook? _book;
    private int _next;

    /// <param name="book">With it the clients speak HTTP.</param>
    public ClientPopulation(
        Network network, Scenario scenario, NetworkAddress[] destinations, int count, Predicate<int> takesPart, ExchangeBook? book = null)
    {
        _book = book;
        _network = network;
        _scenario = scenario;
        _destinations = destinations;
        _lasting = Array.FindAll(destinations, static one => one.Port != ReloadScenarios.PassingPort);
        _count = count;
        _takesPart = takesPart;
        _arrivals = network.World.Stream(SeedUse.Clients, index: -1);
    }

    /// <summary>Clients that have begun.</summary>
    public int Started { get; private set; }

    /// <summary>Clients under way.</summary>
    public HashSet<ClientActor> Present { get; } = [];

    public bool HasAllStarted => _next >= _count;

    public void Begin() => _network.World.After(0, this);

    public override void Run(int argument)
    {
        if (_next >= _count)
            return;
        int index = _next++;
        long gapUs = _arrivals.NextBelow((uint)(2 * _scenario.ArrivalGapUs) + 1);
        // Now and then many come at once.
        if (_arrivals.NextBelow(50) == 0)
            gapUs *= 20;
        else if (_arrivals.NextBelow(4) == 0)
            gapUs = 0;
        if (_takesPart(index))
            Start(index, isProbe: false);
        if (_next < _count)
            _network.World.After(gapUs, this);
    }

    /// <param name="isProbe">Behaves, whatever the scenario: it must be served.</param>
    public ClientActor Start(int index, bool isProbe)
    {
        Prng random = _network.World.Stream(SeedUse.Clients, index);
        ClientActor client = Make(index, random, isProbe);
        NetworkAddress from = AddressOf(10, index);
        NetworkAddress[] destinations = isProbe ? _lasting : _destinations;
        TcpConnection connection = _network.Connect(from, destinations[index % destinations.Length], client);
        connection.Client = index;
        Span<byte> header = stackalloc byte[108];
        int length = _scenario.Actors.ClientsSendHeader ? WriteHeader(connection, index, isProbe, random, header) : 0;
        client.Begin(connection.Near, header[..length]);
        _network.Remember(proxy: 0, connection);
        Started++;
        Present.Add(client);
        return client;
    }

    public void OnLeft(ClientActor client) => Present.Remove(client);

    private ClientActor Make(int index, Prng random, bool isProbe)
    {
        if (_book is not null)
            return ClientPlan.Draw(_network.World, index, random, this, _book, isProbe);
        PeerScript script = isProbe
            ? ScriptPlan.PlainClient(random, 1 + random.NextBelow(5000))
            : ScriptPlan.Client(random, _scenario.Actors);
        return new ClientActor(_network.World, index, script, this);
    }

    /// <summary>Numbered clients have addresses of their own for a whole run.</summary>
    private static NetworkAddress AddressOf(byte network, int index) => NetworkAddress.FromIPv4(
        ((uint)network << 24) | (uint)(index / PortsPerHost + 1), (ushort)(2000 + index % PortsPerHost));

    private static int WriteHeader(TcpConnection connection, int index, bool isProbe, Prng random, Span<byte> header)
    {
        NetworkAddress claimed = AddressOf(11, index);
        uint kind = isProbe ? 0 : random.NextBelow(20);
        int length;
        if (kind == 19)
        {
            // Neither version: refused.
            "GET / HTTP/1.0\r\n"u8.CopyTo(header);
            return 16;
        }

        if (kind < 10)
            ProxyVersion1.TryWrite(claimed, connection.To, header, out length);
        else
            ProxyVersion2Writer.TryWrite(claimed, connection.To, default, header, out length);
        // A header that stops in the middle: the handshake's own time ends it.
        if (kind == 18)
            return length / 2;
        connection.Claimed = claimed;
        return length;
    }
}

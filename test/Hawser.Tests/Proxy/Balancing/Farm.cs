using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Proxy.Backends;

namespace Hawser.Tests.Proxy.Balancing;

/// <summary>Servers and their balancer, with the load that a backend would account for.</summary>
internal sealed class Farm
{
    private readonly Func<Balancer> _newBalancer;
    private Balancer _balancer;
    private Server[] _servers;
    private readonly HashSet<Server> _dead = [];
    private readonly List<Server> _open = [];

    public Farm(Balancer balancer, Server[] servers)
        : this(() => balancer, servers)
    {
    }

    /// <param name="newBalancer">Called again when a server was added or removed.</param>
    public Farm(Func<Balancer> newBalancer, Server[] servers)
    {
        _newBalancer = newBalancer;
        _balancer = newBalancer();
        _servers = servers;
        _balancer.Start(servers);
    }

    public IReadOnlyList<Server> Servers => _servers;

    public static Server NewServer(int number, int weight, int maximumSessions = 0, int? id = null) =>
        new(number.ToString(CultureInfo.InvariantCulture), id ?? number, number - 1)
        {
            Weight = weight,
            EffectiveWeight = weight * Server.WeightScale,
            InRotation = weight > 0,
            SessionLimit = maximumSessions == 0 ? int.MaxValue : maximumSessions,
        };

    public static Server[] NewServers(params int[] weights)
    {
        Server[] servers = new Server[weights.Length];
        for (int index = 0; index < weights.Length; index++)
            servers[index] = NewServer(index + 1, weights[index]);
        return servers;
    }

    /// <summary>A server that refuses every connection; sessions go to another one at the second attempt.</summary>
    public void Kill(int number) => _dead.Add(_servers[number - 1]);

    /// <summary>A session that ends at once.</summary>
    public Server? Get(BalanceKey key = default)
    {
        Server? server = Visit(key, avoid: null);
        if (server is null || !_dead.Contains(server))
            return server;
        server = Visit(key, avoid: server);
        return server is null || _dead.Contains(server) ? null : server;
    }

    /// <summary>A session that stays; null when it would wait in the backend's queue.</summary>
    public Server? Open(BalanceKey key = default)
    {
        Server? server = _balancer.Choose(key, avoid: null);
        if (server is null || !server.HasFreeSlot)
            return server;
        Load(server, 1);
        _open.Add(server);
        return server;
    }

    /// <param name="position">0: the session that has been open longest.</param>
    public void Close(int position)
    {
        Server server = _open[position];
        _open.RemoveAt(position);
        Load(server, -1);
    }

    public void SetWeight(int number, int weight) => SetWeight(ByNumber(number), weight);

    /// <summary>As the other one, without a search, which allocates.</summary>
    public void SetWeight(Server server, int weight)
    {
        server.Weight = weight;
        server.EffectiveWeight = weight * Server.WeightScale;
        Changed(server);
    }

    public void SetMaintenance(int number, bool isInMaintenance)
    {
        ByNumber(number).IsInMaintenance = isInMaintenance;
        Changed(number);
    }

    /// <summary>"add server": it begins in maintenance.</summary>
    public void Add(int number, int weight)
    {
        Server server = NewServer(number, weight);
        server.IsInMaintenance = true;
        server.InRotation = false;
        Use([.. _servers, server]);
    }

    /// <summary>"del server".</summary>
    public void Remove(int number)
    {
        Server removed = ByNumber(number);
        removed.Retire();
        Use(Array.FindAll(_servers, server => server != removed));
    }

    private void Use(Server[] servers)
    {
        for (int index = 0; index < servers.Length; index++)
            servers[index].Index = index;
        _servers = servers;
        Balancer before = _balancer;
        _balancer = _newBalancer();
        _balancer.Resume(before, servers);
    }

    private Server ByNumber(int number) =>
        Array.Find(_servers, server => server.Name == number.ToString(CultureInfo.InvariantCulture))!;

    private Server? Visit(BalanceKey key, Server? avoid)
    {
        Server? server = _balancer.Choose(key, avoid);
        if (server is null)
            return null;
        Load(server, 1);
        Load(server, -1);
        return server;
    }

    private void Load(Server server, int sessions)
    {
        server.ActiveSessions += sessions;
        _balancer.LoadChanged(server);
    }

    private void Changed(int number) => Changed(ByNumber(number));

    private void Changed(Server server)
    {
        server.InRotation = server.IsUsable;
        _balancer.Refresh(server);
    }
}

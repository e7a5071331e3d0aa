using System;
using Hawser.Base.Hashing;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// The ring of <c>hash-type consistent</c> (manual, "hash-type") and <c>balance random</c>: each server stands on the
/// circle of 2^32 as often as its effective weight says, at the avalanche hashes of (its key + n). A hash belongs to
/// the server nearest on the circle, of two equally near ones to the lower. Servers at the same place ("hash-key addr")
/// stand in the order in which they came.
/// </summary>
/// <remarks>
/// Flat arrays in order of the key: a look-up is a binary search over dense memory, and 10,000 servers of weight 1
/// take 2.2 MB. A server that comes, goes or changes weight costs one pass over the arrays, which allocates only when
/// a weight was raised beyond what the ring has ever held.
/// </remarks>
internal sealed class HashRing
{
    private const int NodesPerServer = 256 * Server.WeightScale;
    private const int NodeBits = 16;
    private const int NoPlace = -1;

    /// <summary>Room for the nodes of a server that comes.</summary>
    private ulong[] _newNodes = [];
    private uint[] _keys = [];
    private Server[] _owners = [];

    /// <summary>Which of its owner's nodes stands at a place, from 0.</summary>
    private ushort[] _nodes = [];

    /// <summary>By <see cref="Server.Index"/>, as the three below.</summary>
    private Server[] _servers = [];

    private int[] _weights = [];

    /// <summary>The most places that a server has had, or has been meant to have.</summary>
    private int[] _largestWeights = [];

    /// <summary>Where the server's places are counted from (<see cref="Server.RingKey"/>).</summary>
    private uint[] _ringKeys = [];

    /// <summary>The place of the last turn; <see cref="NoPlace"/>: the next one is the first of the circle.</summary>
    private int _turn = NoPlace;

    /// <summary>Places on the circle.</summary>
    public int Count { get; private set; }

    /// <summary>Servers on the circle.</summary>
    public int Servers { get; private set; }

    /// <summary>Sum of the effective weights of the servers on the circle.</summary>
    public int TotalWeight { get; private set; }

    public Server this[int place] => _owners[place];

    /// <summary>The place that the next session without a key looks at first. The ring must not be empty.</summary>
    public int NextTurn => _turn == NoPlace ? 0 : Next(_turn);

    public void Start(ReadOnlySpan<Server> servers)
    {
        KnowServers(servers);
        int capacity = 0;
        foreach (Server server in servers)
            capacity += _largestWeights[server.Index];
        Resize(capacity);
        ulong[] places = new ulong[capacity];
        Server[] arriving = new Server[capacity];
        ushort[] arrivingNodes = new ushort[capacity];
        foreach (Server server in servers)
        {
            if (!server.IsUsable)
                continue;
            Account(server, server.EffectiveWeight);
            for (int node = 0; node < server.EffectiveWeight; node++)
            {
                arriving[Count] = server;
                arrivingNodes[Count] = (ushort)node;
                places[Count] = ((ulong)KeyOf(server, node) << 32) | (uint)Count;
                Count++;
            }
        }

        Array.Sort(places, 0, Count);
        for (int place = 0; place < Count; place++)
        {
            int arrival = (int)(uint)places[place];
            _keys[place] = (uint)(places[place] >> 32);
            _owners[place] = arriving[arrival];
            _nodes[place] = arrivingNodes[arrival];
        }
    }

    /// <summary>Goes on where another ring has stopped, with servers more or less, which are not usable.</summary>
    public void Resume(HashRing before, ReadOnlySpan<Server> servers)
    {
        KnowServers(servers);
        Resize(before.Count);
        Array.Copy(before._keys, _keys, before.Count);
        Array.Copy(before._owners, _owners, before.Count);
        Array.Copy(before._nodes, _nodes, before.Count);
        Count = before.Count;
        _turn = before._turn;
        for (int index = 0; index < before._servers.Length; index++)
        {
            Server? server = before._servers[index];
            if (server is null || server.IsRetired)
                continue;
            _largestWeights[server.Index] = before._largestWeights[index];
            _ringKeys[server.Index] = before._ringKeys[index];
            Account(server, before._weights[index]);
        }

        foreach (Server server in before._servers)
        {
            if (server is { IsRetired: true })
                Remove(server, keptNodes: 0);
        }

        foreach (Server server in servers)
            Refresh(server);
    }

    /// <summary>Brings the server's places in line with its state and weight.</summary>
    /// <remarks>
    /// What HAProxy's choices show: a server that grows beyond what it has ever had leaves the circle and comes back
    /// with all its places; otherwise only those come or go that its weight has more or less.
    /// </remarks>
    public void Refresh(Server server)
    {
        int weight = server.IsUsable ? Math.Min(server.EffectiveWeight, NodesPerServer) : 0;
        int had = _weights[server.Index];
        bool isMoved = _ringKeys[server.Index] != server.RingKey;
        if (weight == had && !isMoved)
            return;
        int kept = isMoved || weight > _largestWeights[server.Index] ? 0 : Math.Min(weight, had);
        _largestWeights[server.Index] = Math.Max(weight, _largestWeights[server.Index]);
        _ringKeys[server.Index] = server.RingKey;
        if (kept < had)
            Remove(server, kept);
        Account(server, weight);
        if (kept < weight)
            Insert(server, kept, weight);
    }

    /// <summary>A session without a key has looked as far as this place.</summary>
    public void TurnTo(int place) => _turn = place;

    /// <summary>The next session without a key begins with the first place.</summary>
    public void RestartTurns() => _turn = NoPlace;

    /// <summary>The place that a hash belongs to. The ring must not be empty.</summary>
    public int Nearest(uint hash)
    {
        int above = FirstAtLeast(hash);
        int next = above == Count ? 0 : above;
        int previous = above == 0 ? Count - 1 : above - 1;
        return unchecked(_keys[next] - hash < hash - _keys[previous]) ? next : previous;
    }

    public int Next(int place) => place + 1 == Count ? 0 : place + 1;

    public int WeightOf(Server server) => _weights[server.Index];

    private static uint KeyOf(Server server, int node) =>
        HashFunctions.Avalanche(unchecked(server.RingKey + (uint)node));

    private int FirstAtLeast(uint key)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_keys[middle] < key)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void KnowServers(ReadOnlySpan<Server> servers)
    {
        int size = ServerTable.SizeFor(servers);
        _servers = new Server[size];
        _weights = new int[size];
        _largestWeights = new int[size];
        _ringKeys = new uint[size];
        int heaviest = 0;
        foreach (Server server in servers)
        {
            _servers[server.Index] = server;
            _ringKeys[server.Index] = server.RingKey;
            _largestWeights[server.Index] = Math.Max(server.Weight * Server.WeightScale, server.EffectiveWeight);
            heaviest = Math.Max(heaviest, _largestWeights[server.Index]);
        }

        _newNodes = new ulong[heaviest];
    }

    private void Resize(int places)
    {
        Array.Resize(ref _keys, places);
        Array.Resize(ref _owners, places);
        Array.Resize(ref _nodes, places);
    }

    private void Account(Server server, int weight)
    {
        Servers += Math.Sign(weight) - Math.Sign(_weights[server.Index]);
        TotalWeight += weight - _weights[server.Index];
        _weights[server.Index] = weight;
    }

    /// <summary>
    /// Takes the server's nodes from a number on off the circle. The turn that stands on one of them passes to the place
    /// behind it, which thereby loses its own; behind the last place the circle begins anew.
    /// </summary>
    private void Remove(Server server, int keptNodes)
    {
        int kept = 0;
        int turn = NoPlace;
        bool isTurnPassed = _turn == NoPlace;
        for (int place = 0; place < Count; place++)
        {
            if (_owners[place] == server && _nodes[place] >= keptNodes)
                continue;
            if (!isTurnPassed && place >= _turn)
            {
                turn = kept;
                isTurnPassed = true;
            }

            _keys[kept] = _keys[place];
            _owners[kept] = _owners[place];
            _nodes[kept++] = _nodes[place];
        }

        Count = kept;
        _turn = turn;
    }

    private void Insert(Server server, int firstNode, int endNode)
    {
        int added = endNode - firstNode;
        if (Count + added > _keys.Length)
            Resize(Count + added);
        if (_newNodes.Length < added)
            _newNodes = new ulong[added];
        Span<ulong> newNodes = _newNodes.AsSpan(0, added);
        for (int node = firstNode; node < endNode; node++)
            newNodes[node - firstNode] = ((ulong)KeyOf(server, node) << NodeBits) | (uint)node;
        newNodes.Sort();
        int turn = _turn;
        int from = Count - 1;
        int to = Count + added - 1;
        for (int left = added - 1; left >= 0; to--)
        {
            uint key = (uint)(newNodes[left] >> NodeBits);
            if (from >= 0 && _keys[from] > key)
            {
                _keys[to] = _keys[from];
                _nodes[to] = _nodes[from];
                _owners[to] = _owners[from];
                if (from-- == turn)
                    _turn = to;
            }
            else
            {
                _keys[to] = key;
                _nodes[to] = (ushort)newNodes[left--];
                _owners[to] = server;
            }
        }

        Count += added;
    }
}

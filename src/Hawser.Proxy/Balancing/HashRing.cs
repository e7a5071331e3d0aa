using System;
using System.Numerics;
using Hawser.Base.Hashing;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// The ring of <c>hash-type consistent</c> (manual, "hash-type") and <c>balance random</c>: each server stands on the
/// circle of 2^32 as often as its effective weight says, at the avalanche hashes of (its key + n). A hash belongs to
/// the server nearest on the circle, of two equally near ones to the lower.
/// </summary>
/// <remarks>
/// Two flat arrays in order of the key, with a bit for each place that counts: a look-up is a binary search over dense
/// memory and a look along the bits, and 10,000 servers of weight 1 take 1.9 MB. A server that comes or goes, or whose weight
/// moves within what it had at the start, sets or clears the bits of its own places; only a higher weight costs a pass over
/// the arrays.
/// </remarks>
internal sealed class HashRing
{
    private const int NodesPerServer = 256 * Server.WeightScale;

    private uint[] _keys = [];
    private Server[] _owners = [];

    /// <summary>Places that count: of those that a server has, as many as its weight says now.</summary>
    private ulong[] _live = [];

    /// <summary>Places in all.</summary>
    private int _places;

    /// <summary>By server: its weight, how many places it has, and what these are counted from.</summary>
    private int[] _weights = [];
    private int[] _nodes = [];
    private uint[] _ringKeys = [];

    /// <summary>Places that count.</summary>
    public int Count => TotalWeight;

    /// <summary>Servers on the circle.</summary>
    public int Servers { get; private set; }

    /// <summary>Sum of the effective weights of the servers on the circle.</summary>
    public int TotalWeight { get; private set; }

    /// <param name="place">One that counts.</param>
    public Server this[int place] => _owners[place];

    /// <summary>The owner of the first place that counts. The ring must not be empty.</summary>
    public Server First => _owners[LiveFrom(0)];

    public void Start(ReadOnlySpan<Server> servers)
    {
        _weights = new int[ServerTable.SizeFor(servers)];
        _nodes = new int[_weights.Length];
        _ringKeys = new uint[_weights.Length];
        int capacity = 0;
        foreach (Server server in servers)
            capacity += NodesAtStart(server);
        _keys = new uint[capacity];
        _owners = new Server[capacity];
        _live = new ulong[(capacity + 63) / 64];
        _places = 0;
        TotalWeight = 0;
        Servers = 0;
        foreach (Server server in servers)
        {
            int nodes = _nodes[server.Index] = NodesAtStart(server);
            _ringKeys[server.Index] = server.RingKey;
            for (int node = 0; node < nodes; node++)
            {
                _keys[_places] = KeyOf(server, node);
                _owners[_places++] = server;
            }
        }

        Array.Sort(_keys, _owners, 0, _places);
        foreach (Server server in servers)
            Refresh(server);
    }

    /// <summary>Brings the server's places in line with its state and weight. True when something changed.</summary>
    public bool Refresh(Server server)
    {
        int weight = server.IsUsable ? Math.Min(server.EffectiveWeight, NodesPerServer) : 0;
        int before = _weights[server.Index];
        if (weight == before)
            return false;
        Servers += Math.Sign(weight) - Math.Sign(before);
        TotalWeight += weight - before;
        _weights[server.Index] = weight;
        if (weight > _nodes[server.Index])
            AddNodes(server, weight);
        for (int node = weight; node < before; node++)
        {
            int place = PlaceOf(server, node);
            _live[place / 64] &= ~(1UL << (place % 64));
        }

        for (int node = before; node < weight; node++)
        {
            int place = PlaceOf(server, node);
            _live[place / 64] |= 1UL << (place % 64);
        }

        return true;
    }

    /// <summary>The place that a hash belongs to. The ring must not be empty.</summary>
    public int Nearest(uint hash)
    {
        int above = FirstAtLeast(hash);
        int next = LiveFrom(above);
        int previous = LiveBefore(above);
        return unchecked(_keys[next] - hash < hash - _keys[previous]) ? next : previous;
    }

    /// <summary>The first place beyond a key, around the circle. The ring must not be empty.</summary>
    public int After(uint key) => LiveFrom(key == uint.MaxValue ? 0 : FirstAtLeast(key + 1));

    public int Next(int place) => LiveFrom(place + 1);

    public uint KeyAt(int place) => _keys[place];

    public int WeightOf(Server server) => _weights[server.Index];

    private static int NodesAtStart(Server server) =>
        Math.Min(NodesPerServer, Math.Max(server.Weight * Server.WeightScale, server.EffectiveWeight));

    /// <summary>No two nodes of a server have the same: the hash is one to one.</summary>
    private uint KeyOf(Server server, int node) =>
        HashFunctions.Avalanche(unchecked(_ringKeys[server.Index] + (uint)node));

    private int FirstAtLeast(uint key)
    {
        int low = 0;
        int high = _places;
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

    /// <summary>The first place that counts, from one on and around the circle; there must be one.</summary>
    private int LiveFrom(int place)
    {
        int word = place / 64;
        if (word < _live.Length && _live[word] >> (place % 64) is not 0 and var rest)
            return place + BitOperations.TrailingZeroCount(rest);
        do
        {
            word = word + 1 >= _live.Length ? 0 : word + 1;
        }
        while (_live[word] == 0);

        return (word * 64) + BitOperations.TrailingZeroCount(_live[word]);
    }

    /// <summary>The last place that counts before one, around the circle; there must be one.</summary>
    private int LiveBefore(int place)
    {
        int word = place / 64;
        ulong below = word < _live.Length ? _live[word] & ((1UL << (place % 64)) - 1) : 0;
        while (below == 0)
        {
            word = word == 0 ? _live.Length - 1 : word - 1;
            below = _live[word];
        }

        return (word * 64) + 63 - BitOperations.LeadingZeroCount(below);
    }

    /// <summary>Where one of a server's nodes stands. Several servers may have the same key.</summary>
    private int PlaceOf(Server server, int node)
    {
        int place = FirstAtLeast(KeyOf(server, node));
        while (_owners[place] != server)
            place++;
        return place;
    }

    /// <summary>The weight was raised beyond all before: places for it, which do not count yet.</summary>
    private void AddNodes(Server server, int weight)
    {
        int had = _nodes[server.Index];
        int added = weight - had;
        uint[] keys = new uint[_places + added];
        Server[] owners = new Server[keys.Length];
        ulong[] live = new ulong[(keys.Length + 63) / 64];
        // On the stack, 16 KiB at most: of 10,000 backends each would keep as much for what it hardly ever does.
        Span<uint> more = stackalloc uint[added];
        for (int node = 0; node < added; node++)
            more[node] = KeyOf(server, had + node);
        more.Sort();
        int from = 0;
        int next = 0;
        for (int to = 0; to < keys.Length; to++)
        {
            if (from == _places || (next < added && more[next] < _keys[from]))
            {
                keys[to] = more[next++];
                owners[to] = server;
                continue;
            }

            keys[to] = _keys[from];
            owners[to] = _owners[from];
            live[to / 64] |= ((_live[from / 64] >> (from % 64)) & 1) << (to % 64);
            from++;
        }

        (_keys, _owners, _live) = (keys, owners, live);
        _places = keys.Length;
        _nodes[server.Index] = weight;
    }
}

using System;
using Hawser.Base.Hashing;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// The ring of <c>hash-type consistent</c> (manual, "hash-type") and <c>balance random</c>: each server stands on the
/// circle of 2^32 as often as its effective weight says, at the avalanche hashes of (its key + n). A hash belongs to
/// the server nearest on the circle, of two equally near ones to the lower.
/// </summary>
/// <remarks>
/// Two flat arrays in order of the key: a look-up is a binary search over dense memory, and 10,000 servers of weight 1
/// take 1.3 MB. A server that comes, goes or changes weight costs one pass over the arrays, which allocates only when
/// a weight was raised beyond what the ring has ever held.
/// </remarks>
internal sealed class HashRing
{
    private const int NodesPerServer = 256 * Server.WeightScale;

    private uint[] _keys = [];
    private Server[] _owners = [];
    private int[] _weights = [];

    /// <summary>Places on the circle.</summary>
    public int Count { get; private set; }

    /// <summary>Servers on the circle.</summary>
    public int Servers { get; private set; }

    /// <summary>Sum of the effective weights of the servers on the circle.</summary>
    public int TotalWeight { get; private set; }

    public Server this[int place] => _owners[place];

    public void Start(ReadOnlySpan<Server> servers)
    {
        _weights = new int[ServerTable.SizeFor(servers)];
        int capacity = 0;
        foreach (Server server in servers)
            capacity += Math.Max(server.Weight * Server.WeightScale, server.EffectiveWeight);
        _keys = new uint[capacity];
        _owners = new Server[capacity];
        foreach (Server server in servers)
        {
            if (!server.IsUsable)
                continue;
            Account(server, server.EffectiveWeight);
            for (int node = 0; node < server.EffectiveWeight; node++)
            {
                _keys[Count] = KeyOf(server, node);
                _owners[Count++] = server;
            }
        }

        Array.Sort(_keys, _owners, 0, Count);
    }

    /// <summary>Brings the server's places in line with its state and weight. True when something changed.</summary>
    public bool Refresh(Server server)
    {
        int weight = server.IsUsable ? Math.Min(server.EffectiveWeight, NodesPerServer) : 0;
        if (weight == _weights[server.Index])
            return false;
        Remove(server);
        Account(server, weight);
        Insert(server, weight);
        return true;
    }

    /// <summary>The place that a hash belongs to. The ring must not be empty.</summary>
    public int Nearest(uint hash)
    {
        int above = FirstAtLeast(hash);
        int next = above == Count ? 0 : above;
        int previous = above == 0 ? Count - 1 : above - 1;
        return unchecked(_keys[next] - hash < hash - _keys[previous]) ? next : previous;
    }

    /// <summary>The first place beyond a key, around the circle. The ring must not be empty.</summary>
    public int After(uint key)
    {
        int place = key == uint.MaxValue ? 0 : FirstAtLeast(key + 1);
        return place == Count ? 0 : place;
    }

    public int Next(int place) => place + 1 == Count ? 0 : place + 1;

    public uint KeyAt(int place) => _keys[place];

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

    private void Account(Server server, int weight)
    {
        Servers += Math.Sign(weight) - Math.Sign(_weights[server.Index]);
        TotalWeight += weight - _weights[server.Index];
        _weights[server.Index] = weight;
    }

    private void Remove(Server server)
    {
        int kept = 0;
        for (int place = 0; place < Count; place++)
        {
            if (_owners[place] == server)
                continue;
            _keys[kept] = _keys[place];
            _owners[kept++] = _owners[place];
        }

        Count = kept;
    }

    private void Insert(Server server, int weight)
    {
        if (Count + weight > _keys.Length)
        {
            Array.Resize(ref _keys, Count + weight);
            Array.Resize(ref _owners, Count + weight);
        }

        // On the stack, 16 KiB at most: of 10,000 backends each would keep as much for what it hardly ever does.
        Span<uint> added = stackalloc uint[weight];
        for (int node = 0; node < weight; node++)
            added[node] = KeyOf(server, node);
        added.Sort();
        int from = Count - 1;
        int to = Count + weight - 1;
        for (int node = weight - 1; node >= 0; to--)
        {
            if (from >= 0 && _keys[from] > added[node])
            {
                _keys[to] = _keys[from];
                _owners[to] = _owners[from--];
            }
            else
            {
                _keys[to] = added[node--];
                _owners[to] = server;
            }
        }

        Count += weight;
    }
}

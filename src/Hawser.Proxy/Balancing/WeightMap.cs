using System;
using System.Numerics;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// The static table of <c>static-rr</c> and <c>hash-type map-based</c>: as many places as the usable servers have
/// weight together, each server with as many as its own weight, spread in HAProxy's order. Rebuilt when a server comes
/// or goes; weights are those of the start (manual, "static-rr": a later change has no effect, but 0 takes a server
/// out).
/// </summary>
/// <remarks>
/// Place by place every server earns its weight, and the one that gets the place pays the sum of the weights. The
/// place goes to the first server that would keep a whole sum ("overdue"), else to the first that is not in debt
/// ("due"). Weights with a common divisor repeat the same order, of which one period is stored.
/// A look-up is O(1). A rebuild does not visit every server for every place, which 10,000 servers of mixed weights
/// would turn into seconds: it knows beforehand at which place a server becomes due or overdue.
/// </remarks>
internal sealed class WeightMap
{
    private const int None = -1;

    private Server[] _members = [];
    private int[] _weights = [];
    private Server[] _places = [];
    private int _period;

    // Scratch of Rebuild, kept so that it allocates nothing.
    private Contender[] _contenders = [];
    private int[] _firstChangeAt = [];
    private ulong[] _due = [];
    private ulong[] _overdue = [];

    private struct Contender
    {
        public int Member;
        public int Weight;

        /// <summary>Places it has been given.</summary>
        public int Granted;

        /// <summary>The place at which it next becomes due or overdue, and its neighbours in that place's list.</summary>
        public int ChangeAt;
        public int Next;
        public int Previous;
    }

    /// <summary>Sum of the usable servers' weights: the number of places.</summary>
    public int Length { get; private set; }

    /// <param name="place">0 to <see cref="Length"/> - 1.</param>
    public Server this[int place] => _places[place % _period];

    public void Start(ReadOnlySpan<Server> servers)
    {
        _members = servers.ToArray();
        _weights = new int[servers.Length];
        int total = 0;
        for (int index = 0; index < servers.Length; index++)
            total += _weights[index] = servers[index].Weight;
        _places = new Server[total];
        _contenders = new Contender[servers.Length];
        _firstChangeAt = new int[total + 1];
        _due = new ulong[(servers.Length + 63) / 64];
        _overdue = new ulong[_due.Length];
        Rebuild();
    }

    public void Rebuild()
    {
        int count = CollectContenders(out int divisor);
        _period = Length / divisor;
        if (Length == 0)
            return;
        _due.AsSpan().Clear();
        _overdue.AsSpan().Clear();
        _firstChangeAt.AsSpan(0, _period + 1).Fill(None);
        for (int index = 0; index < count; index++)
        {
            _contenders[index].Weight /= divisor;
            Reconsider(index, 1);
        }

        for (int place = 1; place <= _period; place++)
        {
            while (_firstChangeAt[place] is var changed && changed != None)
            {
                Forget(changed);
                Reconsider(changed, place);
            }

            int winner = FirstOf(_overdue);
            if (winner == None)
                winner = FirstOf(_due);
            _places[place - 1] = _members[_contenders[winner].Member];
            Grant(winner, place + 1);
        }
    }

    private int CollectContenders(out int divisor)
    {
        int count = 0;
        divisor = 0;
        Length = 0;
        for (int member = 0; member < _members.Length; member++)
        {
            if (!_members[member].IsUsable || _weights[member] == 0)
                continue;
            _contenders[count++] = new Contender { Member = member, Weight = _weights[member] };
            Length += _weights[member];
            divisor = GreatestCommonDivisor(divisor, _weights[member]);
        }

        divisor = Math.Max(1, divisor);
        return count;
    }

    private void Grant(int index, int nextPlace)
    {
        Clear(_due, index);
        Clear(_overdue, index);
        Forget(index);
        _contenders[index].Granted++;
        Reconsider(index, nextPlace);
    }

    /// <summary>Sorts the contender into its class as of a place and notes when that changes.</summary>
    private void Reconsider(int index, int place)
    {
        ref Contender contender = ref _contenders[index];
        int dueAt = PlaceToEarn(contender.Granted, contender.Weight);
        int overdueAt = PlaceToEarn(contender.Granted + 1, contender.Weight);
        if (dueAt > place)
        {
            Remember(index, dueAt);
            return;
        }

        if (overdueAt > place)
        {
            Set(_due, index);
            Remember(index, overdueAt);
            return;
        }

        Clear(_due, index);
        Set(_overdue, index);
        contender.ChangeAt = None;
    }

    /// <summary>The first place at which a weight has earned that many whole sums, rounded up.</summary>
    private int PlaceToEarn(int sums, int weight) => (int)((((long)sums * _period) + weight - 1) / weight);

    private void Remember(int index, int place)
    {
        ref Contender contender = ref _contenders[index];
        contender.ChangeAt = place <= _period ? place : None;
        if (contender.ChangeAt == None)
            return;
        contender.Previous = None;
        contender.Next = _firstChangeAt[place];
        if (contender.Next != None)
            _contenders[contender.Next].Previous = index;
        _firstChangeAt[place] = index;
    }

    private void Forget(int index)
    {
        ref Contender contender = ref _contenders[index];
        if (contender.ChangeAt == None)
            return;
        if (contender.Previous == None)
            _firstChangeAt[contender.ChangeAt] = contender.Next;
        else
            _contenders[contender.Previous].Next = contender.Next;
        if (contender.Next != None)
            _contenders[contender.Next].Previous = contender.Previous;
        contender.ChangeAt = None;
    }

    private static int GreatestCommonDivisor(int left, int right)
    {
        while (right != 0)
            (left, right) = (right, left % right);
        return left;
    }

    private static int FirstOf(ulong[] set)
    {
        int word = set.AsSpan().IndexOfAnyExcept(0UL);
        return word < 0 ? None : (word * 64) + BitOperations.TrailingZeroCount(set[word]);
    }

    private static void Set(ulong[] set, int index) => set[index / 64] |= 1UL << (index % 64);

    private static void Clear(ulong[] set, int index) => set[index / 64] &= ~(1UL << (index % 64));
}

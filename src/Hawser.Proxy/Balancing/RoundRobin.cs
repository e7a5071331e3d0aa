using System;
using Hawser.Base.Collections;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Balancing;

/// <summary>
/// <c>balance roundrobin</c> (manual, "balance"): servers take turns, each as often as its weight says and as evenly
/// spread as the weights allow; weights may change at any time. The order is HAProxy's, turn for turn.
/// </summary>
/// <remarks>
/// <para>
/// A cycle has as many positions as the sum of the effective weights. A server enters a cycle at the first position
/// at which nobody else is due, the heaviest first, and from then on is due every (total weight ÷ its weight)
/// positions. Its fraction is carried in <see cref="Member.Remainder"/>, so that it gets exactly its share. Of the
/// servers due at the same position the one with the least (remainder - weight) goes first. A server whose next turn
/// lies beyond the cycle waits for the next one.
/// </para>
/// <para>
/// A full server, or the one to avoid, loses the turn it is passed over for. If the cycle ended while servers were
/// passed over, those have lost their place and enter the new cycle by weight.
/// </para>
/// O(log servers) per choice, and once more for each server passed over.
/// </remarks>
public sealed class RoundRobin : Balancer
{
    private const int MaximumWeight = 256 * Server.WeightScale;
    private const int TieBits = 16;

    private WeightTree<Server> _entering = new();
    private readonly WeightTree<Server> _due = new();
    private WeightTree<Server> _nextCycle = new();
    private Member[] _members = [];
    private Server[] _passedOver = [];
    private int _position;
    private int _cycleLength;
    private int _totalWeight;

    private struct Member
    {
        public WeightTreeNode<Server> Node;

        /// <summary>The effective weight it takes turns by; 0 when it is out of rotation.</summary>
        public int Weight;

        /// <summary>The position of the cycle at which it is due next.</summary>
        public int Turn;

        /// <summary>What is still owed to it of the rounded-down intervals, in (positions × its weight).</summary>
        public int Remainder;
    }

    public override void Start(ReadOnlySpan<Server> servers)
    {
        _members = new Member[ServerTable.SizeFor(servers)];
        _passedOver = new Server[servers.Length];
        foreach (Server server in servers)
        {
            ref Member member = ref _members[server.Index];
            member.Node = new WeightTreeNode<Server>(server);
            if (!server.IsUsable)
                continue;
            member.Weight = server.EffectiveWeight;
            _totalWeight += member.Weight;
            _entering.Insert(member.Node, HeaviestFirst(member.Weight));
        }

        _cycleLength = _totalWeight;
    }

    public override Server? Choose(in BalanceKey key, Server? avoid)
    {
        if (_totalWeight == 0)
            return null;
        int passedOver = 0;
        bool cycleEnded = false;
        Server? avoided = null;
        Server? chosen = null;
        while (chosen is null)
        {
            Server? next = TakeTurn();
            if (next is null)
            {
                if (cycleEnded)
                    break;
                cycleEnded = true;
                BeginCycle();
                continue;
            }

            bool isFree = next.HasFreeSlot;
            if (isFree && next != avoid)
            {
                chosen = next;
            }
            else
            {
                if (isFree)
                    avoided = next;
                _passedOver[passedOver++] = next;
            }
        }

        chosen ??= avoided;
        if (chosen is not null)
            Schedule(chosen);
        PutBack(_passedOver.AsSpan(0, passedOver), chosen, cycleEnded);
        return chosen;
    }

    public override void Refresh(Server server)
    {
        ref Member member = ref _members[server.Index];
        int weight = server.IsUsable ? server.EffectiveWeight : 0;
        if (weight == member.Weight)
            return;
        Unlink(member.Node);
        _totalWeight += weight - member.Weight;
        member.Weight = weight;
        if (weight == 0)
            return;

        // A newcomer must not get all the turns of the cycle at once: it is first due after its share of what is left.
        member.Turn = _position + (Math.Max(0, _totalWeight - _position) / weight);
        Schedule(server);
    }

    /// <summary>Takes the server whose turn it is out of its tree; null when the cycle has no turn left.</summary>
    private Server? TakeTurn()
    {
        WeightTreeNode<Server>? node = _due.First;
        if (node is null || TurnOf(node) > _position)
        {
            if (_entering.First is { } entering)
            {
                node = entering;
                ref Member newcomer = ref _members[node.Owner.Index];
                newcomer.Turn = _position;
                newcomer.Remainder = 0;
            }
        }

        if (node is null)
            return null;
        Unlink(node);
        ref Member member = ref _members[node.Owner.Index];
        (int interval, int rest) = Math.DivRem(_totalWeight, member.Weight);
        member.Turn += interval;
        member.Remainder += rest;
        if (member.Remainder >= member.Weight)
        {
            member.Remainder -= member.Weight;
            member.Turn++;
        }

        _position++;
        return node.Owner;
    }

    private void Unlink(WeightTreeNode<Server> node)
    {
        if (node.IsLinkedIn(_due))
            _due.Remove(node);
        else if (node.IsLinkedIn(_entering))
            _entering.Remove(node);
        else if (node.IsLinkedIn(_nextCycle))
            _nextCycle.Remove(node);
    }

    private void BeginCycle()
    {
        (_entering, _nextCycle) = (_nextCycle, _entering);
        _position = 0;
        _cycleLength = _totalWeight;
    }

    private void Schedule(Server server)
    {
        ref Member member = ref _members[server.Index];
        if (member.Turn >= Math.Min(_cycleLength, _totalWeight))
            _nextCycle.Insert(member.Node, HeaviestFirst(member.Weight));
        else
            _due.Insert(member.Node, DueOrder(member));
    }

    private void PutBack(ReadOnlySpan<Server> passedOver, Server? chosen, bool cycleEnded)
    {
        for (int index = passedOver.Length - 1; index >= 0; index--)
        {
            Server server = passedOver[index];
            if (server == chosen)
                continue;
            if (cycleEnded)
                _entering.Insert(_members[server.Index].Node, HeaviestFirst(_members[server.Index].Weight));
            else
                Schedule(server);
        }
    }

    private static ulong HeaviestFirst(int weight) => (ulong)(MaximumWeight - weight);

    private static ulong DueOrder(in Member member) =>
        ((ulong)member.Turn << TieBits) | (uint)(MaximumWeight + member.Remainder - member.Weight);

    private static int TurnOf(WeightTreeNode<Server> node) => (int)(node.Key >> TieBits);
}

using System;
using System.Numerics;
using System.Threading;

namespace Hawser.Expressions.Patterns;

/// <summary>What a table's entries are compared with.</summary>
internal interface IEntryKey
{
    bool Is(PatternEntry entry);
}

/// <summary>
/// Entries by a hash of their keys, several of which may be equal: the one that was added first is found. Looking up needs
/// no lock; changes come from one thread at a time. A million entries cost some twenty-four bytes each, and no object.
/// </summary>
internal sealed class EntryTable
{
    private const int FewestSlots = 4;

    private Slots _slots = new(FewestSlots);

    /// <summary>Entries that are in it.</summary>
    public int Count { get; private set; }

    /// <summary>Room for so many more at once.</summary>
    public void Reserve(int count)
    {
        if (_slots.Used + count > _slots.Items.Length) Rebuild(Count + count);
    }

    /// <param name="hash">Of the entry's key.</param>
    public void Add(PatternEntry entry, int hash)
    {
        if (_slots.Used == _slots.Items.Length) Rebuild(Math.Max(FewestSlots, 2 * Count));
        _slots.Append(entry, hash);
        Count++;
    }

    /// <returns>False when the entry is not in it.</returns>
    public bool Remove(PatternEntry entry, int hash)
    {
        if (!_slots.Remove(entry, hash)) return false;
        Count--;
        return true;
    }

    /// <returns>Null when there is none.</returns>
    public PatternEntry? Find<TKey>(int hash, TKey key)
        where TKey : struct, IEntryKey, allows ref struct
    {
        Slots slots = Volatile.Read(ref _slots);
        for (int at = slots.FirstOf(hash); at > 0;)
        {
            ref Slot slot = ref slots.Items[at - 1];
            if (slot.Hash == hash && Volatile.Read(ref slot.Entry) is { } entry && key.Is(entry)) return entry;
            at = Volatile.Read(ref slot.Next);
        }

        return null;
    }

    /// <summary>Readers stay with the slots they have begun with: those are only ever added to.</summary>
    private void Rebuild(int room)
    {
        Slots larger = new(room);
        foreach (ref Slot slot in _slots.Items.AsSpan(0, _slots.Used))
        {
            if (slot.Entry is { } entry) larger.Append(entry, slot.Hash);
        }

        Volatile.Write(ref _slots, larger);
    }

    /// <summary>An entry and the place behind the next one of its chain; 0 ends it. No entry: it was removed.</summary>
    private struct Slot
    {
        public int Hash;
        public int Next;
        public PatternEntry? Entry;
    }

    private sealed class Slots(int room)
    {
        private readonly int[] _heads = new int[BitOperations.RoundUpToPowerOf2((uint)room)];

        /// <summary>The places behind the ends of the chains: a key that thousands of lines repeat costs no walk.</summary>
        private readonly int[] _lasts = new int[BitOperations.RoundUpToPowerOf2((uint)room)];

        public Slot[] Items { get; } = new Slot[room];

        /// <summary>With those that were removed, whose places are not used again.</summary>
        public int Used { get; private set; }

        public int FirstOf(int hash) => Volatile.Read(ref _heads[hash & (_heads.Length - 1)]);

        /// <summary>At the end of its chain: of equal keys the first comes first. The link is written last.</summary>
        public void Append(PatternEntry entry, int hash)
        {
            ref Slot slot = ref Items[Used++];
            slot.Hash = hash;
            slot.Entry = entry;
            ref int last = ref _lasts[hash & (_lasts.Length - 1)];
            ref int link = ref last > 0 ? ref Items[last - 1].Next : ref _heads[hash & (_heads.Length - 1)];
            Volatile.Write(ref link, Used);
            last = Used;
        }

        public bool Remove(PatternEntry entry, int hash)
        {
            ref int link = ref _heads[hash & (_heads.Length - 1)];
            int before = 0;
            while (link > 0)
            {
                ref Slot slot = ref Items[link - 1];
                if (ReferenceEquals(slot.Entry, entry))
                {
                    if (slot.Next == 0) _lasts[hash & (_lasts.Length - 1)] = before;
                    // Who stands on it goes on by its link, which stays.
                    Volatile.Write(ref slot.Entry, null);
                    Volatile.Write(ref link, slot.Next);
                    return true;
                }

                before = link;
                link = ref slot.Next;
            }

            return false;
        }
    }
}

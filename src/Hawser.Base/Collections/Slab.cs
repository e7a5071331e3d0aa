using System.Runtime.CompilerServices;
using Hawser.Base.Assertions;

namespace Hawser.Base.Collections;

/// <summary>
/// A bounded pool of slots that are addressed by index. Each renting and each return changes the slot's generation, so
/// that a handle kept too long (an event of a closed connection, a timer of a finished session) is recognised instead
/// of reaching the next tenant. Slots keep their content and their place in memory; the renter resets them. Memory
/// grows by blocks up to the capacity and is then reused. One owner; not thread-safe.
/// </summary>
public sealed class Slab<T>
{
    private const int BlockBits = 8;
    private const int BlockSize = 1 << BlockBits;
    private const int None = -1;

    private readonly Slot[]?[] _blocks;
    private int _firstFree = None;
    private int _touched;

    /// <param name="capacity">The most slots that can be rented at once, at least 1.</param>
    public Slab(int capacity)
    {
        Check.That(capacity > 0, "a slab has at least one slot");
        Capacity = capacity;
        _blocks = new Slot[(int)(((long)capacity + BlockSize - 1) >> BlockBits)][];
    }

    public int Capacity { get; }

    public int RentedCount { get; private set; }

    /// <summary>The slot that was returned last, while the processor may still have it in its caches.</summary>
    /// <returns>False when all slots are rented.</returns>
    public bool TryRent(out SlabHandle handle)
    {
        int index = _firstFree;
        if (index == None)
        {
            if (_touched == Capacity)
            {
                handle = default;
                return false;
            }

            index = _touched++;
            _blocks[index >> BlockBits] ??= new Slot[BlockSize];
        }

        ref Slot slot = ref SlotAt(index);
        if (index == _firstFree) _firstFree = slot.NextFree;
        slot.NextFree = None;
        slot.Generation++;
        RentedCount++;
        handle = new SlabHandle(index, slot.Generation);
        return true;
    }

    /// <param name="handle">Rented and not yet returned.</param>
    public void Return(SlabHandle handle)
    {
        Check.That(IsRented(handle), "a slot is returned once, by its tenant");
        ref Slot slot = ref SlotAt(handle.Index);
        slot.Generation++;
        slot.NextFree = _firstFree;
        _firstFree = handle.Index;
        RentedCount--;
    }

    /// <summary>Whether the handle's tenancy lasts; any value may be asked for.</summary>
    public bool IsRented(SlabHandle handle) =>
        (uint)handle.Index < (uint)_touched
        && (handle.Generation & 1) != 0
        && SlotAt(handle.Index).Generation == handle.Generation;

    /// <summary>The slot of a tenancy that lasts.</summary>
    /// <param name="handle">Rented and not yet returned.</param>
    public ref T this[SlabHandle handle]
    {
        get
        {
            Check.That(IsRented(handle), "a slot is used by its tenant only");
            return ref SlotAt(handle.Index).Value;
        }
    }

    /// <summary>The slot, or a null reference when the tenancy is over.</summary>
    public ref T TryGet(SlabHandle handle, out bool isRented)
    {
        isRented = IsRented(handle);
        if (!isRented) return ref Unsafe.NullRef<T>();
        return ref SlotAt(handle.Index).Value;
    }

    private ref Slot SlotAt(int index) => ref _blocks[index >> BlockBits]![index & (BlockSize - 1)];

    private struct Slot
    {
        public T Value;
        public uint Generation;
        public int NextFree;
    }
}

using System;
using System.Collections.Generic;
using CsCheck;
using Hawser.Base.Collections;
using Xunit;

namespace Hawser.Tests.Base.Collections;

public class SlabTests
{
    [Fact]
    public void A_handle_ends_with_its_tenancy()
    {
        Slab<int> slab = new(1);
        Assert.True(slab.TryRent(out SlabHandle first));
        slab[first] = 42;
        slab.Return(first);
        Assert.True(slab.TryRent(out SlabHandle second));
        Assert.Equal(first.Index, second.Index);
        Assert.False(slab.IsRented(first));
        Assert.True(slab.IsRented(second));
        _ = slab.TryGet(first, out bool isRented);
        Assert.False(isRented);
        Assert.Equal(42, slab.TryGet(second, out isRented));
        Assert.True(isRented);
    }

    [Fact]
    public void Invented_handles_are_recognised()
    {
        Slab<int> slab = new(1000);
        Assert.False(slab.IsRented(default));
        Assert.True(slab.TryRent(out SlabHandle handle));
        Assert.Equal(handle, SlabHandle.FromWord(handle.ToWord()));
        Gen.ULong.Sample(word => Assert.Equal(word == handle.ToWord(), slab.IsRented(SlabHandle.FromWord(word))));
    }

    [Fact]
    public void It_never_gives_a_slot_to_two_tenants_or_more_than_its_capacity()
    {
        Gen.Select(Gen.Int[1, 600], Gen.Int[0, 1000].Array[0, 1500]).Sample((capacity, steps) =>
        {
            Slab<int> slab = new(capacity);
            List<(SlabHandle Handle, int Value)> rented = [];
            int value = 0;
            foreach (int step in steps)
            {
                if (step < 700)
                {
                    Assert.Equal(rented.Count < capacity, slab.TryRent(out SlabHandle handle));
                    if (rented.Count == capacity) continue;
                    slab[handle] = ++value;
                    rented.Add((handle, value));
                }
                else if (rented.Count > 0)
                {
                    int index = step % rented.Count;
                    slab.Return(rented[index].Handle);
                    Assert.False(slab.IsRented(rented[index].Handle));
                    rented.RemoveAt(index);
                }
            }

            Assert.Equal(rented.Count, slab.RentedCount);
            Assert.All(rented, tenant => Assert.Equal(tenant.Value, slab[tenant.Handle]));
        }, iter: 50);
    }

    [Fact]
    public void Slots_stay_in_place_while_the_slab_grows()
    {
        Slab<int> slab = new(100_000);
        Assert.True(slab.TryRent(out SlabHandle handle));
        ref int place = ref slab[handle];
        for (int turn = 0; turn < 10_000; turn++) Assert.True(slab.TryRent(out _));
        place = 7;
        Assert.Equal(7, slab[handle]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        slab.Return(handle);
        slab.TryRent(out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}

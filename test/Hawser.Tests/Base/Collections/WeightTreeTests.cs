using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Hawser.Base.Collections;
using Xunit;

namespace Hawser.Tests.Base.Collections;

public class WeightTreeTests
{
    private sealed record Server(int Id);

    [Fact]
    public void Equal_keys_keep_the_order_of_their_insertion()
    {
        WeightTree<Server> tree = new();
        WeightTreeNode<Server>[] nodes = [.. Enumerable.Range(0, 20).Select(id => new WeightTreeNode<Server>(new(id)))];
        foreach (WeightTreeNode<Server> node in nodes) tree.Insert(node, 7);
        Assert.Equal(Enumerable.Range(0, 20), Walk(tree).Select(node => node.Owner.Id));

        tree.Move(tree.First!, 7);
        Assert.Equal([.. Enumerable.Range(1, 19), 0], Walk(tree).Select(node => node.Owner.Id));
        Assert.Same(nodes[1], tree.FirstAtLeast(7));
        Assert.Same(nodes[0], tree.LastAtMost(7));
    }

    [Fact]
    public void An_empty_tree_has_no_ends()
    {
        WeightTree<Server> tree = new();
        Assert.True(tree.IsEmpty);
        Assert.Null(tree.First);
        Assert.Null(tree.Last);
        Assert.Null(tree.FirstAtLeast(0));
        Assert.Null(tree.LastAtMost(ulong.MaxValue));
    }

    [Fact]
    public void It_behaves_as_a_stably_sorted_list()
    {
        Gen<(int Operation, int Node, ulong Key)> step = Gen.Select(
            Gen.Int[0, 3], Gen.Int[0, 30], Gen.Frequency((4, Gen.ULong[0, 12]), (1, Gen.ULong)));
        step.Array[0, 200].Sample(steps =>
        {
            WeightTree<Server> tree = new();
            List<WeightTreeNode<Server>> model = [];
            WeightTreeNode<Server>[] nodes = [.. Enumerable.Range(0, 31).Select(id => new WeightTreeNode<Server>(new(id)))];
            foreach ((int operation, int index, ulong key) in steps)
            {
                WeightTreeNode<Server> node = nodes[index];
                switch (operation)
                {
                    case 0 or 1 when !node.IsLinked:
                        tree.Insert(node, key);
                        InsertStably(model, node, key);
                        break;
                    case 1 when node.IsLinked:
                        tree.Move(node, key);
                        model.Remove(node);
                        InsertStably(model, node, key);
                        break;
                    case 2 when node.IsLinked:
                        tree.Remove(node);
                        model.Remove(node);
                        break;
                    default:
                        Assert.Same(model.Find(other => other.Key >= key), tree.FirstAtLeast(key));
                        Assert.Same(model.FindLast(other => other.Key <= key), tree.LastAtMost(key));
                        break;
                }

                Assert.Equal(model.Contains(node), node.IsLinkedIn(tree));
                Assert.Equal(model.Count, tree.Count);
            }

            Assert.Equal(model, Walk(tree));
            Assert.Equal(Enumerable.Reverse(model), WalkBack(tree));
        });
    }

    [Fact]
    public void Sorted_insertions_do_not_make_it_deep()
    {
        // A degenerate tree of this size would need 5 * 10^9 steps here; the test would not end.
        const int Count = 100_000;
        WeightTree<Server> tree = new();
        WeightTreeNode<Server>[] nodes = [.. Enumerable.Range(0, Count).Select(id => new WeightTreeNode<Server>(new(id)))];
        for (int index = 0; index < Count; index++) tree.Insert(nodes[index], (ulong)index);
        for (int index = 0; index < Count; index++) Assert.Same(nodes[index], tree.FirstAtLeast((ulong)index));
        for (int index = 0; index < Count; index++) tree.Remove(nodes[index]);
        Assert.True(tree.IsEmpty);
    }

    [Fact]
    public void Operations_allocate_nothing()
    {
        WeightTree<Server> tree = new();
        WeightTreeNode<Server>[] nodes = [.. Enumerable.Range(0, 64).Select(id => new WeightTreeNode<Server>(new(id)))];
        foreach (WeightTreeNode<Server> node in nodes) tree.Insert(node, 1);
        Rotate(tree);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rotate(tree);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Rotate(WeightTree<Server> tree)
    {
        for (ulong turn = 0; turn < 1000; turn++)
        {
            WeightTreeNode<Server> node = tree.FirstAtLeast(turn % 3) ?? tree.First!;
            tree.Move(node, node.Key + (turn % 7));
        }
    }

    private static void InsertStably(List<WeightTreeNode<Server>> model, WeightTreeNode<Server> node, ulong key)
    {
        int place = model.FindIndex(other => other.Key > key);
        model.Insert(place < 0 ? model.Count : place, node);
    }

    private static IEnumerable<WeightTreeNode<Server>> Walk(WeightTree<Server> tree)
    {
        for (WeightTreeNode<Server>? node = tree.First; node is not null; node = tree.Next(node)) yield return node;
    }

    private static IEnumerable<WeightTreeNode<Server>> WalkBack(WeightTree<Server> tree)
    {
        for (WeightTreeNode<Server>? node = tree.Last; node is not null; node = tree.Previous(node)) yield return node;
    }
}

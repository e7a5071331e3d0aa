using Hawser.Base.Assertions;

namespace Hawser.Base.Collections;

/// <summary>
/// An ordered tree over nodes that belong to the caller. Equal keys keep the order of their insertion, which is what
/// makes the balancing of equally loaded servers a rotation. It is a treap: ordered by key from left to right and by
/// pseudo-random priority from top to bottom, hence about 2 log2(n) deep whatever the order of insertion. The
/// priorities come from a counter, so that the same calls build the same tree. One owner; not thread-safe.
/// </summary>
/// <remarks>
/// Insertion, removal and look-up take O(log n) steps and allocate nothing.
/// </remarks>
public sealed class WeightTree<TOwner>
    where TOwner : class
{
    private WeightTreeNode<TOwner>? _root;
    private ulong _insertions;

    public int Count { get; private set; }

    public bool IsEmpty => _root is null;

    /// <summary>The oldest node of the smallest key.</summary>
    public WeightTreeNode<TOwner>? First
    {
        get
        {
            WeightTreeNode<TOwner>? node = _root;
            while (node?.Left is { } left) node = left;
            return node;
        }
    }

    /// <summary>The newest node of the largest key.</summary>
    public WeightTreeNode<TOwner>? Last
    {
        get
        {
            WeightTreeNode<TOwner>? node = _root;
            while (node?.Right is { } right) node = right;
            return node;
        }
    }

    /// <summary>Places the node behind all nodes of the same key.</summary>
    /// <param name="node">Not linked in any tree.</param>
    /// <param name="key">Any value.</param>
    public void Insert(WeightTreeNode<TOwner> node, ulong key)
    {
        Check.That(!node.IsLinked, "a tree node is inserted once at a time");
        WeightTreeNode<TOwner>? parent = null;
        WeightTreeNode<TOwner>? place = _root;
        while (place is not null)
        {
            parent = place;
            place = key < place.Key ? place.Left : place.Right;
        }

        node.Tree = this;
        node.Key = key;
        node.Priority = Scatter(++_insertions);
        node.Parent = parent;
        if (parent is null) _root = node;
        else if (key < parent.Key) parent.Left = node;
        else parent.Right = node;
        while (node.Parent is { } above && above.Priority < node.Priority) RotateUp(node);
        Count++;
    }

    /// <param name="node">Linked in this tree.</param>
    public void Remove(WeightTreeNode<TOwner> node)
    {
        Check.That(node.IsLinkedIn(this), "a tree node is removed from the tree it is in");
        while (node.Left is not null && node.Right is not null)
            RotateUp(node.Left.Priority > node.Right.Priority ? node.Left : node.Right);

        WeightTreeNode<TOwner>? child = node.Left ?? node.Right;
        Replace(node, child);
        node.Tree = null;
        node.Parent = node.Left = node.Right = null;
        Count--;
    }

    /// <summary>Takes the node out and places it behind all nodes of the new key.</summary>
    public void Move(WeightTreeNode<TOwner> node, ulong key)
    {
        Remove(node);
        Insert(node, key);
    }

    /// <summary>The oldest node of the smallest key that is not below <paramref name="key"/>.</summary>
    public WeightTreeNode<TOwner>? FirstAtLeast(ulong key)
    {
        WeightTreeNode<TOwner>? found = null;
        WeightTreeNode<TOwner>? node = _root;
        while (node is not null)
        {
            bool qualifies = node.Key >= key;
            if (qualifies) found = node;
            node = qualifies ? node.Left : node.Right;
        }

        return found;
    }

    /// <summary>The newest node of the largest key that is not above <paramref name="key"/>.</summary>
    public WeightTreeNode<TOwner>? LastAtMost(ulong key)
    {
        WeightTreeNode<TOwner>? found = null;
        WeightTreeNode<TOwner>? node = _root;
        while (node is not null)
        {
            bool qualifies = node.Key <= key;
            if (qualifies) found = node;
            node = qualifies ? node.Right : node.Left;
        }

        return found;
    }

    /// <summary>The node after this one: the next newer of the same key, or the oldest of the next larger key.</summary>
    public WeightTreeNode<TOwner>? Next(WeightTreeNode<TOwner> node)
    {
        Check.Debug(node.IsLinkedIn(this), "a walk starts from a node of this tree");
        if (node.Right is { } next)
        {
            while (next.Left is { } left) next = left;
            return next;
        }

        WeightTreeNode<TOwner> child = node;
        WeightTreeNode<TOwner>? parent = node.Parent;
        while (parent is not null && ReferenceEquals(child, parent.Right)) (child, parent) = (parent, parent.Parent);
        return parent;
    }

    /// <summary>The node before this one.</summary>
    public WeightTreeNode<TOwner>? Previous(WeightTreeNode<TOwner> node)
    {
        Check.Debug(node.IsLinkedIn(this), "a walk starts from a node of this tree");
        if (node.Left is { } previous)
        {
            while (previous.Right is { } right) previous = right;
            return previous;
        }

        WeightTreeNode<TOwner> child = node;
        WeightTreeNode<TOwner>? parent = node.Parent;
        while (parent is not null && ReferenceEquals(child, parent.Left)) (child, parent) = (parent, parent.Parent);
        return parent;
    }

    // A bijection (the finaliser of SplitMix64): no two insertions share a priority.
    private static ulong Scatter(ulong insertion)
    {
        ulong mixed = insertion * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Exchanges the node with its parent and keeps the order from left to right.</summary>
    private void RotateUp(WeightTreeNode<TOwner> node)
    {
        WeightTreeNode<TOwner> parent = node.Parent!;
        Replace(parent, node);
        WeightTreeNode<TOwner>? moved;
        if (ReferenceEquals(parent.Left, node))
        {
            moved = node.Right;
            parent.Left = moved;
            node.Right = parent;
        }
        else
        {
            moved = node.Left;
            parent.Right = moved;
            node.Left = parent;
        }

        if (moved is not null) moved.Parent = parent;
        parent.Parent = node;
    }

    private void Replace(WeightTreeNode<TOwner> node, WeightTreeNode<TOwner>? by)
    {
        WeightTreeNode<TOwner>? parent = node.Parent;
        if (parent is null) _root = by;
        else if (ReferenceEquals(parent.Left, node)) parent.Left = by;
        else parent.Right = by;
        if (by is not null) by.Parent = parent;
    }
}

namespace Hawser.Base.Collections;

/// <summary>
/// The place of one object in a <see cref="WeightTree{TOwner}"/>. The object makes its node once and keeps it; linking and
/// unlinking allocate nothing. An object that must stand at several keys (a server on a hash ring) has several nodes.
/// </summary>
public sealed class WeightTreeNode<TOwner>(TOwner owner)
    where TOwner : class
{
    internal WeightTree<TOwner>? Tree;
    internal WeightTreeNode<TOwner>? Parent;
    internal WeightTreeNode<TOwner>? Left;
    internal WeightTreeNode<TOwner>? Right;

    // Heap order of the treap: a parent's is never below a child's.
    internal ulong Priority;

    public TOwner Owner { get; } = owner;

    /// <summary>The key of the latest insertion; it stays readable after the removal.</summary>
    public ulong Key { get; internal set; }

    public bool IsLinked => Tree is not null;

    public bool IsLinkedIn(WeightTree<TOwner> tree) => ReferenceEquals(Tree, tree);
}

namespace Hawser.Base.Collections;

/// <summary>
/// The place of one object in an <see cref="IntrusiveList{TOwner}"/>. The object makes one link for each list it can be in,
/// once, and keeps it; linking and unlinking allocate nothing and take constant time.
/// </summary>
public sealed class ListLink<TOwner>(TOwner owner)
    where TOwner : class
{
    internal IntrusiveList<TOwner>? List;

    public TOwner Owner { get; } = owner;

    /// <summary>Towards the end of the list; null for the last one and outside a list.</summary>
    public ListLink<TOwner>? Next { get; internal set; }

    /// <summary>Towards the start of the list; null for the first one and outside a list.</summary>
    public ListLink<TOwner>? Previous { get; internal set; }

    public bool IsLinked => List is not null;

    public bool IsLinkedIn(IntrusiveList<TOwner> list) => ReferenceEquals(List, list);

    /// <summary>Leaves the list the link is in, if any.</summary>
    public void Unlink() => List?.Remove(this);
}

using Hawser.Base.Assertions;

namespace Hawser.Base.Collections;

/// <summary>
/// A doubly linked list through links that belong to the members: sessions of a proxy, connections that wait for a
/// server, idle connections by age. One owner; not thread-safe.
/// </summary>
/// <remarks>
/// <c>foreach</c> allows the loop to unlink the member it is at, and no other one.
/// </remarks>
public sealed class IntrusiveList<TOwner>
    where TOwner : class
{
    public ListLink<TOwner>? First { get; private set; }

    public ListLink<TOwner>? Last { get; private set; }

    public int Count { get; private set; }

    public bool IsEmpty => First is null;

    /// <param name="link">Not in any list.</param>
    public void AddFirst(ListLink<TOwner> link) => Insert(link, null, First);

    /// <param name="link">Not in any list.</param>
    public void AddLast(ListLink<TOwner> link) => Insert(link, Last, null);

    /// <param name="link">Not in any list.</param>
    /// <param name="place">In this list.</param>
    public void AddBefore(ListLink<TOwner> link, ListLink<TOwner> place)
    {
        Check.That(place.IsLinkedIn(this), "a link is placed beside one of the same list");
        Insert(link, place.Previous, place);
    }

    /// <param name="link">Not in any list.</param>
    /// <param name="place">In this list.</param>
    public void AddAfter(ListLink<TOwner> link, ListLink<TOwner> place)
    {
        Check.That(place.IsLinkedIn(this), "a link is placed beside one of the same list");
        Insert(link, place, place.Next);
    }

    /// <param name="link">In this list.</param>
    public void Remove(ListLink<TOwner> link)
    {
        Check.That(link.IsLinkedIn(this), "a link is removed from the list it is in");
        if (link.Previous is null) First = link.Next;
        else link.Previous.Next = link.Next;
        if (link.Next is null) Last = link.Previous;
        else link.Next.Previous = link.Previous;
        link.Next = link.Previous = null;
        link.List = null;
        Count--;
    }

    /// <summary>Takes the first member out; null when the list is empty.</summary>
    public TOwner? RemoveFirst()
    {
        if (First is not { } first) return null;
        Remove(first);
        return first.Owner;
    }

    /// <summary>Takes the last member out; null when the list is empty.</summary>
    public TOwner? RemoveLast()
    {
        if (Last is not { } last) return null;
        Remove(last);
        return last.Owner;
    }

    public Enumerator GetEnumerator() => new(First);

    private void Insert(ListLink<TOwner> link, ListLink<TOwner>? previous, ListLink<TOwner>? next)
    {
        Check.That(!link.IsLinked, "a link is in one list at a time");
        link.List = this;
        link.Previous = previous;
        link.Next = next;
        if (previous is null) First = link;
        else previous.Next = link;
        if (next is null) Last = link;
        else next.Previous = link;
        Count++;
    }

    public struct Enumerator
    {
        private ListLink<TOwner>? _current;
        private ListLink<TOwner>? _next;

        internal Enumerator(ListLink<TOwner>? first)
        {
            _current = null;
            _next = first;
        }

        public readonly TOwner Current => _current!.Owner;

        public bool MoveNext()
        {
            _current = _next;
            _next = _current?.Next;
            return _current is not null;
        }
    }
}

using System.Threading;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// How many sessions are in: counted over all loops, and over a reload, which puts another room in the place of this one
/// while sessions are still here. All methods may be called on any loop but those of a reload.
/// </summary>
/// <param name="before">The room whose place it takes; null for one of its own.</param>
public sealed class SessionRoom(SessionRoom? before = null)
{
    private int _own;
    private SessionRoom? _before = before;

    /// <summary>While a reload changes the loops over: some of them enter here, others there already.</summary>
    private volatile SessionRoom? _after;
    private volatile bool _isBeforeClosed;

    /// <summary>With those that entered before the last reload and are still here.</summary>
    public int Active => Own + (_before is null ? 0 : ActiveBefore());

    /// <summary>Those that entered here.</summary>
    public int Own => Volatile.Read(ref _own);

    /// <summary>Room for one more below the maximum; nothing is counted when there is none.</summary>
    public bool TryEnter(int maximum)
    {
        int sessions = Interlocked.Increment(ref _own);
        if (_before is not null)
            sessions += ActiveBefore();
        if (_after is { } after)
            sessions += after.Own;
        if (sessions <= maximum)
            return true;
        Interlocked.Decrement(ref _own);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _own);

    /// <summary>A session that was in already comes over from the room before: there is always room for it.</summary>
    internal void EnterFromBefore() => Interlocked.Increment(ref _own);

    /// <summary>The loops begin to change over to another room: until all have, both count for the limit.</summary>
    internal void ChangesTo(SessionRoom after) => _after = after;

    /// <summary>Nobody enters the room before this one any more: once it is empty it stays so.</summary>
    internal void CloseBefore()
    {
        if (_before is not { } before)
            return;
        before._after = null;
        _isBeforeClosed = true;
    }

    /// <summary>Lets go of what is empty and will not fill again.</summary>
    private int ActiveBefore()
    {
        SessionRoom? before = _before;
        // Loops may do this at once: what one of them puts back is let go at the next look.
        while (_isBeforeClosed && before is not null && before.Own == 0)
            _before = before = before._before;
        return before?.Active ?? 0;
    }
}

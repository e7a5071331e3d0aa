using System.Threading;

namespace Hawser.Io.Loop;

/// <summary>
/// The only door between loops: many posters, one reader. An intrusive stack that the reader takes whole and turns
/// around, so jobs run in the order they were posted.
/// </summary>
internal sealed class Mailbox
{
    private LoopJob? _newest;

    /// <summary>True when the box was empty: the poster then wakes the reader.</summary>
    public bool Post(LoopJob job)
    {
        if (Interlocked.Exchange(ref job.IsPosted, 1) != 0)
            return false;
        LoopJob? head;
        do
        {
            head = Volatile.Read(ref _newest);
            job.NextInMailbox = head;
        }
        while (Interlocked.CompareExchange(ref _newest, job, head) != head);
        return head is null;
    }

    /// <summary>Everything posted so far, oldest first, linked by <see cref="LoopJob.NextInMailbox"/>.</summary>
    public LoopJob? TakeAll()
    {
        if (Volatile.Read(ref _newest) is null)
            return null;
        LoopJob? newest = Interlocked.Exchange(ref _newest, null);
        LoopJob? oldest = null;
        while (newest is not null)
        {
            LoopJob? next = newest.NextInMailbox;
            newest.NextInMailbox = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }
}

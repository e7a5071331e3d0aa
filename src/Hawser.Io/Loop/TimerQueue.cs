using System;
using Hawser.Base.Time;

namespace Hawser.Io.Loop;

/// <summary>
/// A four-way heap of (queued deadline, timer). The queued deadline may be earlier than the timer's real one, never
/// later: see <see cref="LoopTimer"/>. Order among equal deadlines is that of queueing, so that a run is repeatable.
/// </summary>
internal sealed class TimerQueue
{
    private const int Ways = 4;

    private Entry[] _heap = new Entry[256];
    private int _count;
    private long _sequence;

    private struct Entry
    {
        public Instant Queued;
        public long Sequence;
        public LoopTimer Timer;

        public readonly bool IsBefore(in Entry other) =>
            Queued < other.Queued || (Queued == other.Queued && Sequence < other.Sequence);
    }

    public int Count => _count;

    /// <summary>No timer fires before this.</summary>
    public Instant Earliest => _count == 0 ? Instant.Never : _heap[0].Queued;

    public void Set(LoopTimer timer, Instant deadline)
    {
        timer.Deadline = deadline;
        if (deadline.IsNever)
            return;
        int index = timer.HeapIndex;
        if (index < 0)
        {
            if (_count == _heap.Length)
                Array.Resize(ref _heap, _heap.Length * 2);
            index = _count++;
        }
        else if (_heap[index].Queued <= deadline)
        {
            return;
        }

        SiftUp(index, new Entry { Queued = deadline, Sequence = _sequence++, Timer = timer });
    }

    /// <summary>Takes the timer out for good: its owner is going away.</summary>
    public void Remove(LoopTimer timer)
    {
        timer.Deadline = Instant.Never;
        int index = timer.HeapIndex;
        if (index < 0)
            return;
        timer.HeapIndex = -1;
        Entry last = _heap[--_count];
        _heap[_count] = default;
        if (index == _count)
            return;
        if (index > 0 && last.IsBefore(_heap[(index - 1) / Ways]))
            SiftUp(index, last);
        else
            SiftDown(index, last);
    }

    /// <summary>The next timer whose real deadline has come, out of the queue; null when there is none.</summary>
    public LoopTimer? TakeDue(Instant now)
    {
        while (_count > 0 && _heap[0].Queued <= now)
        {
            LoopTimer timer = _heap[0].Timer;
            Instant deadline = timer.Deadline;
            if (deadline <= now)
            {
                Remove(timer);
                return timer;
            }

            if (deadline.IsNever)
                Remove(timer);
            else
                SiftDown(0, new Entry { Queued = deadline, Sequence = _sequence++, Timer = timer });
        }

        return null;
    }

    private void SiftUp(int index, in Entry entry)
    {
        while (index > 0)
        {
            int parent = (index - 1) / Ways;
            if (!entry.IsBefore(_heap[parent]))
                break;
            Place(index, _heap[parent]);
            index = parent;
        }

        Place(index, entry);
    }

    private void SiftDown(int index, in Entry entry)
    {
        while (true)
        {
            int first = index * Ways + 1;
            if (first >= _count)
                break;
            int best = first;
            int end = Math.Min(first + Ways, _count);
            for (int child = first + 1; child < end; child++)
            {
                if (_heap[child].IsBefore(_heap[best]))
                    best = child;
            }

            if (!_heap[best].IsBefore(entry))
                break;
            Place(index, _heap[best]);
            index = best;
        }

        Place(index, entry);
    }

    private void Place(int index, in Entry entry)
    {
        _heap[index] = entry;
        entry.Timer.HeapIndex = index;
    }
}

using System;

namespace Hawser.Simulation.Worlds;

/// <summary>What is still to happen, earliest first; among equals the one that was set first.</summary>
internal sealed class EventHeap
{
    private const int Ways = 4;

    private Entry[] _heap = new Entry[1024];
    private long _sequence;

    internal struct Entry
    {
        public long TimeUs;
        public long Sequence;
        public WorldTask Task;
        public int Argument;

        public readonly bool IsBefore(in Entry other) =>
            TimeUs < other.TimeUs || (TimeUs == other.TimeUs && Sequence < other.Sequence);
    }

    public int Count { get; private set; }

    public ref readonly Entry First => ref _heap[0];

    public void Add(long timeUs, WorldTask task, int argument)
    {
        if (Count == _heap.Length)
            Array.Resize(ref _heap, _heap.Length * 2);
        Entry entry = new() { TimeUs = timeUs, Sequence = _sequence++, Task = task, Argument = argument };
        int index = Count++;
        while (index > 0)
        {
            int parent = (index - 1) / Ways;
            if (!entry.IsBefore(_heap[parent]))
                break;
            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = entry;
    }

    public Entry Take()
    {
        Entry first = _heap[0];
        Entry last = _heap[--Count];
        _heap[Count] = default;
        if (Count > 0)
            SiftDown(last);
        return first;
    }

    private void SiftDown(in Entry entry)
    {
        int index = 0;
        while (true)
        {
            int best = index * Ways + 1;
            if (best >= Count)
                break;
            int end = Math.Min(best + Ways, Count);
            for (int child = best + 1; child < end; child++)
            {
                if (_heap[child].IsBefore(_heap[best]))
                    best = child;
            }

            if (!_heap[best].IsBefore(entry))
                break;
            _heap[index] = _heap[best];
            index = best;
        }

        _heap[index] = entry;
    }
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// The lines of a list, in their order. A line is found by its number in the logarithm of their count, and by its key at
/// once, from the first time on that somebody asks for one: "set-map" and its kin change lists of a million lines while
/// requests wait. Under the list's gate.
/// </summary>
internal sealed class PatternLines : IEnumerable<PatternLine>
{
    /// <summary>Up to as many, looking at each is cheaper than an index.</summary>
    private const int ScannedLines = 16;

    /// <summary>Ascending by <see cref="PatternLine.Order"/>. What was removed keeps its place until half of them are such.</summary>
    private readonly List<Slot> _slots = [];
    private readonly List<long> _found = [];
    private Dictionary<string, long>? _firstByKey;

    /// <summary>Of a key that stands on several lines, all but the first.</summary>
    private Dictionary<string, List<long>>? _moreByKey;

    private record struct Slot(PatternLine Line, bool IsRemoved);

    public int Count { get; private set; }

    /// <param name="line">Behind all others.</param>
    public void Add(PatternLine line)
    {
        _slots.Add(new Slot(line, IsRemoved: false));
        Count++;
        if (_firstByKey is not null) Index(line);
    }

    /// <summary>Null when there is none.</summary>
    public PatternLine? Find(long order)
    {
        int at = PlaceOf(order);
        return at < 0 ? null : _slots[at].Line;
    }

    /// <summary>The numbers of the lines with a key; valid until the next call.</summary>
    public ReadOnlySpan<long> OrdersOf(string key)
    {
        _found.Clear();
        if (_firstByKey is null && _slots.Count <= ScannedLines)
        {
            foreach (PatternLine line in this)
            {
                if (line.Key == key) _found.Add(line.Order);
            }

            return CollectionsMarshal.AsSpan(_found);
        }

        if (_firstByKey is null)
        {
            _firstByKey = new Dictionary<string, long>(Count, StringComparer.Ordinal);
            foreach (PatternLine line in this) Index(line);
        }

        if (!_firstByKey.TryGetValue(key, out long first)) return default;
        _found.Add(first);
        if (_moreByKey is not null && _moreByKey.TryGetValue(key, out List<long>? more)) _found.AddRange(more);
        return CollectionsMarshal.AsSpan(_found);
    }

    /// <summary>Another value for a line that is there.</summary>
    public void Replace(PatternLine changed) => _slots[PlaceOf(changed.Order)] = new Slot(changed, IsRemoved: false);

    public void Remove(PatternLine line)
    {
        _slots[PlaceOf(line.Order)] = new Slot(line, IsRemoved: true);
        Count--;
        if (_firstByKey is not null) Unindex(line);
        if (_slots.Count > (2 * Count) + ScannedLines) _slots.RemoveAll(static slot => slot.IsRemoved);
    }

    public void Clear()
    {
        _slots.Clear();
        Count = 0;
        _firstByKey = null;
        _moreByKey = null;
    }

    public PatternLine[] ToArray()
    {
        PatternLine[] lines = new PatternLine[Count];
        int at = 0;
        foreach (PatternLine line in this) lines[at++] = line;
        return lines;
    }

    public IEnumerator<PatternLine> GetEnumerator()
    {
        foreach (Slot slot in _slots)
        {
            if (!slot.IsRemoved) yield return slot.Line;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Negative when there is no such line.</summary>
    private int PlaceOf(long order)
    {
        int low = 0;
        int high = _slots.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            long there = _slots[middle].Line.Order;
            if (there == order) return _slots[middle].IsRemoved ? -1 : middle;
            if (there < order) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    private void Index(PatternLine line)
    {
        if (_firstByKey!.TryAdd(line.Key, line.Order)) return;
        _moreByKey ??= new Dictionary<string, List<long>>(StringComparer.Ordinal);
        if (_moreByKey.TryGetValue(line.Key, out List<long>? more)) more.Add(line.Order);
        else _moreByKey.Add(line.Key, [line.Order]);
    }

    private void Unindex(PatternLine line)
    {
        bool isFirst = _firstByKey![line.Key] == line.Order;
        if (_moreByKey is null || !_moreByKey.TryGetValue(line.Key, out List<long>? more))
        {
            _firstByKey.Remove(line.Key);
            return;
        }

        if (isFirst) _firstByKey[line.Key] = more[0];
        more.RemoveAt(isFirst ? 0 : more.IndexOf(line.Order));
        if (more.Count == 0) _moreByKey.Remove(line.Key);
    }
}

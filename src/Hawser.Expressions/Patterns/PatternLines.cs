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
    private readonly List<PatternLine> _slots = [];
    private readonly List<long> _found = [];
    private Dictionary<byte[], long>? _firstByKey;

    /// <summary>Of a key that stands on several lines, all but the first.</summary>
    private Dictionary<byte[], List<long>>? _moreByKey;

    /// <summary>Case counts.</summary>
    private static readonly KeyComparer s_keys = new(ignoresCase: false);

    public int Count { get; private set; }

    /// <summary>So many lines will be added.</summary>
    public void Reserve(int count) => _slots.EnsureCapacity(_slots.Count + count);

    /// <param name="line">Behind all others, and in no other list.</param>
    public void Add(PatternLine line)
    {
        _slots.Add(line);
        Count++;
        if (_firstByKey is not null) Index(line);
    }

    /// <summary>Null when there is none.</summary>
    public PatternLine? Find(long order)
    {
        int at = PlaceOf(order);
        return at < 0 ? null : _slots[at];
    }

    /// <summary>The numbers of the lines with a key; valid until the next call.</summary>
    public ReadOnlySpan<long> OrdersOf(ReadOnlySpan<byte> key)
    {
        _found.Clear();
        if (_firstByKey is null && _slots.Count <= ScannedLines)
        {
            foreach (PatternLine line in this)
            {
                if (key.SequenceEqual(line.Text)) _found.Add(line.Order);
            }

            return CollectionsMarshal.AsSpan(_found);
        }

        if (_firstByKey is null)
        {
            _firstByKey = new Dictionary<byte[], long>(Count, s_keys);
            foreach (PatternLine line in this) Index(line);
        }

        if (!_firstByKey.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out long first)) return default;
        _found.Add(first);
        if (_moreByKey is not null && _moreByKey.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out List<long>? more))
            _found.AddRange(more);
        return CollectionsMarshal.AsSpan(_found);
    }

    public void Remove(PatternLine line)
    {
        line.IsRemoved = true;
        Count--;
        if (_firstByKey is not null) Unindex(line);
        if (_slots.Count > (2 * Count) + ScannedLines) _slots.RemoveAll(static line => line.IsRemoved);
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
        foreach (PatternLine line in _slots)
        {
            if (!line.IsRemoved) yield return line;
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
            long there = _slots[middle].Order;
            if (there == order) return _slots[middle].IsRemoved ? -1 : middle;
            if (there < order) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    private void Index(PatternLine line)
    {
        if (_firstByKey!.TryAdd(line.Text, line.Order)) return;
        _moreByKey ??= new Dictionary<byte[], List<long>>(s_keys);
        if (_moreByKey.TryGetValue(line.Text, out List<long>? more)) more.Add(line.Order);
        else _moreByKey.Add(line.Text, [line.Order]);
    }

    private void Unindex(PatternLine line)
    {
        bool isFirst = _firstByKey![line.Text] == line.Order;
        if (_moreByKey is null || !_moreByKey.TryGetValue(line.Text, out List<long>? more))
        {
            _firstByKey.Remove(line.Text);
            return;
        }

        if (isFirst) _firstByKey[line.Text] = more[0];
        more.RemoveAt(isFirst ? 0 : more.IndexOf(line.Order));
        if (more.Count == 0) _moreByKey.Remove(line.Text);
    }
}

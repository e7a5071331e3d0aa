using System;
using System.Collections.Concurrent;
using System.Text;
using System.Threading;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// Numbers and ranges of numbers, or of a text's lengths. Single numbers are found by hash, ranges in the order of the
/// list; of all that match the first in the list wins.
/// </summary>
internal sealed class RangeIndex(bool ofLengths) : PatternIndex
{
    private readonly ConcurrentDictionary<long, PatternEntry[]> _numbers = new();
    private PatternEntry[] _ranges = [];

    public override SampleType InputType => ofLengths ? SampleType.String : SampleType.Integer;

    public override string? Add(PatternEntry entry)
    {
        string? problem = NumberRange.Parse(Encoding.UTF8.GetString(entry.Text), out NumberRange range);
        if (problem is null) Add(entry, range);
        return problem;
    }

    /// <summary>A range that was made elsewhere: of an operator.</summary>
    public void Add(PatternEntry entry, NumberRange range)
    {
        entry.Compiled = range;
        if (range.Low == range.High)
            _numbers[range.Low] = _numbers.TryGetValue(range.Low, out PatternEntry[]? same) ? With(same, entry) : [entry];
        else
            Volatile.Write(ref _ranges, With(_ranges, entry));
    }

    public override void Remove(PatternEntry entry)
    {
        if (entry.Compiled is not NumberRange range) return;
        if (range.Low != range.High)
        {
            Volatile.Write(ref _ranges, Without(_ranges, entry));
            return;
        }

        if (!_numbers.TryGetValue(range.Low, out PatternEntry[]? same)) return;
        PatternEntry[] rest = Without(same, entry);
        if (rest.Length == 0) _numbers.TryRemove(range.Low, out _);
        else _numbers[range.Low] = rest;
    }

    public override PatternEntry? Find(scoped in Sample sample)
    {
        long value = ofLengths ? sample.Bytes.Length : sample.Integer;
        PatternEntry? best = _numbers.TryGetValue(value, out PatternEntry[]? same) ? same[0] : null;
        foreach (PatternEntry entry in Volatile.Read(ref _ranges))
        {
            if (best is not null && best.Order < entry.Order) break;
            NumberRange range = (NumberRange)entry.Compiled!;
            if (value >= range.Low && value <= range.High) return entry;
        }

        return best;
    }
}

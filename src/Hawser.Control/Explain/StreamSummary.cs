using System.Collections.Generic;
using System.Linq;

namespace Hawser.Control.Explain;

/// <summary>How often sessions ended in one way.</summary>
/// <param name="State">Two letters of the termination state, or the format of lines that have none.</param>
public sealed record CauseCount(string State, string Headline, long Count);

/// <summary>What many lines say together. Bounded: it keeps a count per way to end and a few lines of each list.</summary>
public sealed class StreamSummary
{
    private const int KeptLines = 5;
    private const int StateLetters = 2;

    private readonly Dictionary<string, (string Headline, long Count)> _causes = [];
    private readonly List<LogLine> _slowest = [];
    private readonly List<LogLine> _lossy = [];

    public long Lines { get; private set; }

    public long Unreadable { get; private set; }

    /// <summary>Over all lines that carry the ledger.</summary>
    public long BytesLost { get; private set; }

    /// <summary>Most frequent first.</summary>
    public IEnumerable<CauseCount> Causes =>
        from cause in _causes
        orderby cause.Value.Count descending, cause.Key
        select new CauseCount(cause.Key, cause.Value.Headline, cause.Value.Count);

    /// <summary>At most five, slowest first.</summary>
    public IReadOnlyList<LogLine> Slowest => _slowest;

    /// <summary>At most five of those that lost bytes, most bytes first.</summary>
    public IReadOnlyList<LogLine> Lossy => _lossy;

    public void AddUnreadable()
    {
        Lines++;
        Unreadable++;
    }

    public void Add(Explanation explanation)
    {
        Lines++;
        LogLine line = explanation.Line;
        string state = line.Termination is { Length: >= StateLetters } letters ? letters[..StateLetters] : explanation.Format;
        (string headline, long count) = _causes.GetValueOrDefault(state, (explanation.Headline, 0));
        _causes[state] = (headline, count + 1);
        BytesLost += line.Loss.Lost;
        if (line.TotalMs > 0) Keep(_slowest, line, static kept => kept.TotalMs ?? 0);
        if (line.Loss.Lost > 0) Keep(_lossy, line, static kept => kept.Loss.Lost);
    }

    private static void Keep(List<LogLine> kept, LogLine line, System.Func<LogLine, long> weight)
    {
        int place = kept.FindIndex(other => weight(other) < weight(line));
        if (place >= 0) kept.Insert(place, line);
        else if (kept.Count < KeptLines) kept.Add(line);
        if (kept.Count > KeptLines) kept.RemoveAt(KeptLines);
    }
}

using System.Collections.Generic;
using System.Numerics;

namespace Hawser.Simulation.Worlds;

/// <summary>One thing that happened: what the timeline of a session is made of.</summary>
/// <param name="TimeUs">Virtual time.</param>
/// <param name="Act">What happened.</param>
/// <param name="Connection">To which connection; -1 for none.</param>
/// <param name="IsNear">At the end that began the connection.</param>
/// <param name="Value">A count of bytes, a descriptor, an error: by <paramref name="Act"/>.</param>
internal readonly record struct TraceEntry(long TimeUs, Act Act, int Connection, bool IsNear, long Value);

/// <summary>
/// A running hash over everything that happens: two runs are the same when their hashes are. The events themselves are
/// kept only when a failure is replayed for its timeline.
/// </summary>
internal sealed class Trace(bool isKept)
{
    private readonly List<TraceEntry> _entries = [];

    public ulong Hash { get; private set; } = 0x9E3779B97F4A7C15;

    public long Count { get; private set; }

    public bool IsKept => isKept;

    public IReadOnlyList<TraceEntry> Entries => _entries;

    public void Note(long timeUs, Act act, int connection, bool isNear, long value)
    {
        ulong word = (ulong)timeUs * 0xBF58476D1CE4E5B9
            ^ (ulong)value * 0x94D049BB133111EB
            ^ (((ulong)(uint)connection << 8) | ((ulong)act << 1) | (isNear ? 1UL : 0UL));
        Hash = (BitOperations.RotateLeft(Hash, 23) ^ word) * 0xFF51AFD7ED558CCD;
        Count++;
        if (isKept)
            _entries.Add(new TraceEntry(timeUs, act, connection, isNear, value));
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;

namespace Hawser.EndToEnd.Peers;

/// <summary>
/// What one end did and saw, in order, with times. Doing and seeing are kept apart for the comparison: their
/// relative order is a race of the test's threads unless the script waits, and then it shows in the bytes anyway.
/// </summary>
public sealed class Lane(string name, Stopwatch clock)
{
    private readonly object _gate = new();
    private readonly List<LaneEvent> _events = [];

    public string Name { get; } = name;

    public void Did(string text) => Add(false, text);

    public void Saw(string text) => Add(true, text);

    /// <summary>Bytes that arrive with nothing else seen in between are one event, however the kernel cut them.</summary>
    public void SawBytes(int count)
    {
        lock (_gate)
        {
            int last = _events.FindLastIndex(e => e.Seen);
            if (last >= 0 && _events[last].Bytes > 0)
            {
                LaneEvent e = _events[last];
                _events[last] = e with { Bytes = e.Bytes + count, EndMs = clock.ElapsedMilliseconds };
                return;
            }

            long now = clock.ElapsedMilliseconds;
            _events.Add(new LaneEvent(true, "received", count, now, now));
        }
    }

    /// <summary>For a human: one line per event with milliseconds since the scenario began.</summary>
    public string Describe()
    {
        lock (_gate)
        {
            StringBuilder text = new();
            foreach (LaneEvent e in _events)
                text.Append($"    {e.Time,11}  {(e.Seen ? "<-" : "->")} {e.Text}{(e.Bytes > 0 ? $" {e.Bytes}" : "")}\n");
            return text.ToString();
        }
    }

    /// <summary>For the comparison: without times.</summary>
    /// <param name="countBytes">False leaves amounts out.</param>
    /// <param name="resetHidesFin">True takes a FIN followed by a RST for a RST.</param>
    public string Compare(bool countBytes, bool resetHidesFin)
    {
        lock (_gate)
        {
            string saw = Join(_events.Where(e => e.Seen));
            if (resetHidesFin)
                saw = saw.Replace("FIN, RST", "RST", StringComparison.Ordinal);
            return "did: " + Join(_events.Where(e => !e.Seen)) + " | saw: " + saw;
        }

        string Join(IEnumerable<LaneEvent> events) =>
            string.Join(", ", events.Select(e => e.Bytes > 0 && countBytes ? $"{e.Text} {e.Bytes}" : e.Text));
    }

    private void Add(bool seen, string text)
    {
        lock (_gate)
            _events.Add(new LaneEvent(seen, text, 0, clock.ElapsedMilliseconds, clock.ElapsedMilliseconds));
    }
}

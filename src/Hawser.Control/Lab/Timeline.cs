using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;

namespace Hawser.Control.Lab;

/// <summary>What both applications saw, in one order. Safe for the threads of both.</summary>
public sealed class Timeline(TimeProvider clock)
{
    private const int ServerColumn = 30;

    private readonly Lock _gate = new();
    private readonly List<TimelineEvent> _events = [];
    private readonly long _start = clock.GetTimestamp();

    /// <summary>Milliseconds since the case began.</summary>
    public long NowMs => (long)clock.GetElapsedTime(_start).TotalMilliseconds;

    public void Add(LabParty who, string what) => Add(NowMs, who, what);

    /// <summary>For something noticed later than it happened.</summary>
    public void Add(long atMs, LabParty who, string what)
    {
        lock (_gate) _events.Add(new TimelineEvent(atMs, who, what));
    }

    /// <summary>By time; events of the same millisecond in the order in which they were added.</summary>
    public TimelineEvent[] Events()
    {
        lock (_gate) return [.. _events.OrderBy(entry => entry.AtMs)];
    }

    /// <summary>One column for each application, below 80 characters for events of up to 40.</summary>
    public string Format()
    {
        StringBuilder text = new();
        text.Append("      ms  client").Append(' ', ServerColumn - "client".Length).Append("server\n");
        foreach (TimelineEvent entry in Events())
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.AtMs,8}  ");
            if (entry.Who == LabParty.Server) text.Append(' ', ServerColumn);
            text.Append(entry.What).Append('\n');
        }
        return text.ToString();
    }
}

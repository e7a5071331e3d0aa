using System;
using Hawser.Base.Time;
using Hawser.Expressions.Samples;

namespace Hawser.Proxy.Logging;

/// <summary>What the rows of log lines read: one session's record, and the process it ran in. One per loop.</summary>
public sealed class SessionLogSource(SessionLogRecord record, LogProcess process, Scratch scratch)
    : SampleSource(scratch)
{
    /// <summary>Replaced for every line.</summary>
    public SessionLogRecord Record { get; set; } = record;

    public LogProcess Process { get; } = process;

    public DateTexts Dates { get; } = new(process.Zone);

    /// <summary>When the line is made.</summary>
    public override UnixTime Now => LineTime;

    public override TimeZoneInfo Zone => Process.Zone;

    /// <inheritdoc cref="Now"/>
    public UnixTime LineTime { get; set; }
}

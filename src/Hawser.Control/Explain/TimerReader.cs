using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace Hawser.Control.Explain;

/// <summary>The timers of a line in the order of time, with what was spent on each (manual, 8.4).</summary>
internal static class TimerReader
{
    private const long NotReached = -1;

    private const string LostPackets =
        "close to a multiple of 3 s, the time after which TCP sends a lost packet again";

    public static ImmutableArray<TimerReading> Read(LogLine line)
    {
        if (line.TotalMs is not { } total) return [];
        List<(string Name, string Words, long? Ms)> steps = [];
        if (line.HandshakeMs is not null) steps.Add(("Th", "handshakes: accept, PROXY header, TLS", line.HandshakeMs));
        if (line.IsHttp) steps.Add(("TR", "the client sends the request's headers", line.RequestMs));
        steps.Add(("Tw", Queue(line), line.QueueMs));
        steps.Add(("Tc", line.Retries > 0 ? "connecting to the server, all attempts" : "connecting to the server", line.ConnectMs));
        if (line.IsHttp) steps.Add(("Tr", "the server works on its response's headers", line.ResponseMs));
        steps.Add(("Td", line.IsHttp ? "the response's body, to its last byte" : "data in both directions, idle time included", null));

        ImmutableArray<TimerReading>.Builder readings = ImmutableArray.CreateBuilder<TimerReading>();
        string? stage = StageOf(line);
        long left = total;
        bool hasEnded = false;
        int last = steps.FindLastIndex(static step => step.Ms >= 0);
        for (int index = 0; index < steps.Count; index++)
        {
            (string name, string words, long? ms) = steps[index];
            // A tarpitted request has no TR, but a Tw: a gap before a value is no end.
            if (hasEnded || (ms == NotReached && index < last))
            {
                readings.Add(new TimerReading(name, words, null, 0));
                continue;
            }
            hasEnded = ms is null or NotReached;
            if (hasEnded && left <= 0 && name != stage)
            {
                readings.Add(new TimerReading(name, words, null, 0));
                continue;
            }
            long spent = Math.Max(0, hasEnded ? left : ms!.Value);
            left -= spent;
            readings.Add(new TimerReading(name, words, spent, total > 0 ? Math.Min(1, spent / (double)total) : 0)
            {
                IsWhereItEnded = name == stage,
                Remark = Remark(name, spent, hasEnded),
            });
        }
        return readings.ToImmutable();
    }

    /// <summary>Where the termination state says that it ended; null at a normal end.</summary>
    private static string? StageOf(LogLine line) => line.TerminationAt(1) switch
    {
        'R' => line.IsHttp ? "TR" : "Tw",
        'Q' or 'T' => "Tw",
        'C' => "Tc",
        'H' => "Tr",
        'D' or 'L' => "Td",
        _ => null,
    };

    /// <summary>One sentence about the largest part; null when there is no time to speak of.</summary>
    public static string? WhereTimeWent(LogLine line, ImmutableArray<TimerReading> timers)
    {
        const double Nearly = 0.9;
        long total = line.TotalMs ?? 0;
        if (timers.IsEmpty || total <= 0) return null;
        TimerReading largest = timers[0];
        foreach (TimerReading timer in timers)
        {
            if ((timer.Milliseconds ?? 0) > (largest.Milliseconds ?? 0)) largest = timer;
        }
        if (largest.Milliseconds is not > 0) return null;
        string share = largest.Share >= Nearly ? "nearly all of it" : $"{largest.Share:P0} of it";
        return $"{DurationText.Of(total)} in all, {share} in {largest.Name}: {largest.Words}";
    }

    private static string Queue(LogLine line) => line switch
    {
        { QueueMs: NotReached } => "before any queue: rules, and the choice of a server",
        _ when line.TerminationAt(1) == 'T' => "held in the tarpit",
        _ => "waiting in queues",
    };

    private static string? Remark(string name, long ms, bool hasEnded) => name switch
    {
        "Tc" when !hasEnded && Evidence.IsNearRetransmission(ms) => LostPackets,
        "Th" when Evidence.IsNearRetransmission(ms) => LostPackets,
        "TR" when !hasEnded && ms >= 1000 => "a request usually fits one packet: a slow client, a bad path, or typing by hand",
        "Tc" when !hasEnded && ms >= 100 => "slow for a connection: distance, or an accept queue that is full",
        _ => null,
    };
}

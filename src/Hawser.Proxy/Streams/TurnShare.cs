using System;

namespace Hawser.Proxy.Streams;

/// <summary>
/// What one session may do in one turn before it goes behind the others, so that a fast one does not keep them waiting.
/// It matters only while a loop is busy, which is what HAProxy's "nice" is about (manual, 5.1).
/// </summary>
public static class TurnShare
{
    private const int OrdinaryReads = 8;

    /// <summary>So many times more at the lowest nice, and fewer at the highest: 64 and 1.</summary>
    private const double Doublings = 3;

    private const double MaxNice = 1024;

    /// <summary>Reads of one direction.</summary>
    /// <param name="nice">-1024..1024.</param>
    public static int ReadsFor(int nice) =>
        (int)Math.Round(OrdinaryReads * Math.Pow(2, -nice / MaxNice * Doublings));
}

using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Actions;

/// <summary>
/// Collects the slots of a frontend, those of "declare capture" and its kin and those that rules bring along: they are numbered in
/// the order of their lines.
/// </summary>
public sealed class CapturePlan
{
    private readonly List<CaptureSlot> _slots = [];

    public CapturePlan(HttpConfig config)
    {
        foreach (HeaderCaptureConfig capture in config.RequestCaptures) _slots.Add(new CaptureSlot(capture.Origin, false, capture.MaxBytes));
        foreach (HeaderCaptureConfig capture in config.ResponseCaptures) _slots.Add(new CaptureSlot(capture.Origin, true, capture.MaxBytes));
    }

    public CaptureSlot AddForRequest(Origin at, int lengthMaximum)
    {
        CaptureSlot slot = new(at, false, lengthMaximum);
        _slots.Add(slot);
        return slot;
    }

    /// <summary>Numbers the slots, once all are there.</summary>
    public CaptureSlots Finish()
    {
        if (_slots.Count == 0) return CaptureSlots.None;
        bool isOneFile = _slots.TrueForAll(slot => slot.At.File == _slots[0].At.File);
        CaptureSlot[] ordered = isOneFile ? [.. _slots.OrderBy(static slot => slot.At.Line)] : [.. _slots];
        return new CaptureSlots(Number(ordered, isResponse: false), Number(ordered, isResponse: true));
    }

    private static int[] Number(CaptureSlot[] ordered, bool isResponse)
    {
        List<int> lengths = [];
        foreach (CaptureSlot slot in ordered)
        {
            if (slot.IsResponse != isResponse) continue;
            slot.Number = lengths.Count;
            lengths.Add(slot.LengthMaximum);
        }

        return [.. lengths];
    }
}

/// <summary>One slot; its number is known when its frontend is built.</summary>
public sealed record CaptureSlot(Origin At, bool IsResponse, int LengthMaximum)
{
    public int Number { get; internal set; }
}

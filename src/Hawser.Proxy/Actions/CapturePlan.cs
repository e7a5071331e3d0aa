using System.Collections.Generic;
using System.Linq;
using System.Text;
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
    private readonly List<(int Number, bool IsResponse, Origin At)> _named = [];

    public CapturePlan(HttpConfig declared)
    {
        foreach (HeaderCaptureConfig capture in declared.RequestCaptures)
            _slots.Add(new CaptureSlot(capture.Origin, false, capture.MaxBytes, capture.Name));
        foreach (HeaderCaptureConfig capture in declared.ResponseCaptures)
            _slots.Add(new CaptureSlot(capture.Origin, true, capture.MaxBytes, capture.Name));
    }

    public CaptureSlot AddForRequest(Origin at, int lengthMaximum)
    {
        CaptureSlot slot = new(at, false, lengthMaximum, null);
        _slots.Add(slot);
        return slot;
    }

    /// <summary>A rule names a slot by its number.</summary>
    public void Name(int number, bool isResponse, Origin at) => _named.Add((number, isResponse, at));

    /// <summary>Where rules name slots that these do not have.</summary>
    public IEnumerable<(int Number, Origin At)> Unknown(CaptureSlots slots)
    {
        foreach ((int number, bool isResponse, Origin at) in _named)
        {
            if (number >= (isResponse ? slots.ResponseLengths : slots.RequestLengths).Length) yield return (number, at);
        }
    }

    /// <summary>Numbers the slots, once all are there.</summary>
    public CaptureSlots Finish()
    {
        if (_slots.Count == 0) return CaptureSlots.None;
        bool isOneFile = _slots.TrueForAll(slot => slot.At.File == _slots[0].At.File);
        CaptureSlot[] ordered = isOneFile ? [.. _slots.OrderBy(static slot => slot.At.Line)] : [.. _slots];
        return new CaptureSlots(Number(ordered, isResponse: false), Number(ordered, isResponse: true))
        {
            RequestHeaders = Headers(ordered, isResponse: false),
            ResponseHeaders = Headers(ordered, isResponse: true),
        };
    }

    private static CapturedHeader[] Headers(CaptureSlot[] ordered, bool isResponse) =>
    [
        .. ordered.Where(slot => slot.IsResponse == isResponse && slot.Header is not null)
            .Select(static slot => new CapturedHeader(Encoding.ASCII.GetBytes(slot.Header!), slot.Number)),
    ];

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
/// <param name="Header">The header that fills it; null when rules do.</param>
public sealed record CaptureSlot(Origin At, bool IsResponse, int LengthMaximum, string? Header)
{
    public int Number { get; internal set; }
}

using System;
using System.Collections.Generic;
using Hawser.Io.Kernels;

namespace Hawser.Simulation.Kernels;

/// <summary>
/// epoll as Linux has it: a list of what changed; what is reported is the state at the moment of the wait. Edge-
/// triggered watches leave the list then, level-triggered ones stay while they are ready.
/// </summary>
internal sealed class SimPoller(SimKernel kernel) : SimFile(kernel)
{
    private readonly Queue<Watch> _ready = new();

    /// <summary>Wakes the thread that waits on it.</summary>
    public Action? OnReady { get; set; }

    public bool HasReady => _ready.Count > 0;

    /// <summary>How long the last wait was allowed to take, if it found nothing; 0 when it found something.</summary>
    public int SleepsMs { get; private set; }

    /// <summary>The last wait has told all that was ready.</summary>
    public bool HasToldAll { get; private set; }

    public void Add(Watch watch)
    {
        if (watch.IsQueued || watch.IsRemoved)
            return;
        watch.IsQueued = true;
        _ready.Enqueue(watch);
        OnReady?.Invoke();
    }

    public int Wait(Span<ReadyEvent> events, int timeoutMs)
    {
        int count = 0;
        int left = _ready.Count;
        for (; left > 0 && count < events.Length; left--)
        {
            Watch watch = _ready.Dequeue();
            watch.IsQueued = false;
            if (watch.IsRemoved)
                continue;
            Readiness mask = watch.File.Mask();
            if (watch.Mode != WatchMode.EdgeBoth)
                mask &= Readiness.Readable;
            if (mask == Readiness.None)
                continue;
            if (watch.Mode != WatchMode.EdgeBoth)
            {
                watch.IsQueued = true;
                _ready.Enqueue(watch);
            }

            events[count].Token = watch.Token;
            events[count].Readiness = mask;
            count++;
        }

        HasToldAll = left == 0;
        SleepsMs = count > 0 ? 0 : timeoutMs;
        return count;
    }

    /// <summary>A signal ended the wait before it looked.</summary>
    public void Interrupt()
    {
        HasToldAll = false;
        SleepsMs = 0;
    }

    public override Readiness Mask() => Readiness.None;

    public override void OnClosed()
    {
    }
}

/// <summary>An eventfd.</summary>
internal sealed class SimWakeUp(SimKernel kernel) : SimFile(kernel)
{
    private bool _isSet;

    public void Set()
    {
        _isSet = true;
        Raise();
    }

    public void Clear() => _isSet = false;

    public override Readiness Mask() => _isSet ? Readiness.Readable : Readiness.None;

    public override void OnClosed()
    {
    }
}

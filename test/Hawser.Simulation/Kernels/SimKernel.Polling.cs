using System;
using System.Collections.Generic;
using Hawser.Io.Kernels;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Invariants;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Kernels;

/// <summary>epoll, eventfd, pipes.</summary>
internal sealed unsafe partial class SimKernel
{
    /// <summary>In the order they were made: one per loop.</summary>
    public List<SimPoller> Pollers { get; } = [];

    public override int OpenPoller()
    {
        SimPoller poller = new(this);
        Pollers.Add(poller);
        return Open(poller);
    }

    public override int Watch(int poller, int fd, WatchMode mode, ulong token)
    {
        if (Find(poller) is not SimPoller polled || Find(fd) is not { } file)
            return -(int)KernelError.BadDescriptor;
        if (file is not SimWakeUp && Faults.Strikes(FaultKind.WatchFailure))
            return Short([KernelError.OutOfMemory]);
        Watch watch = new(polled, file, mode, token);
        file.Watches.Add(watch);
        if (file.Mask() != Readiness.None)
            polled.Add(watch);
        return 0;
    }

    public override int Unwatch(int poller, int fd)
    {
        if (Find(poller) is not SimPoller polled || Find(fd) is not { } file)
            return -(int)KernelError.BadDescriptor;
        int index = file.Watches.FindIndex(watch => watch.Poller == polled);
        if (index < 0)
            return -(int)KernelError.NoSuchFile;
        file.Watches[index].IsRemoved = true;
        file.Watches.RemoveAt(index);
        return 0;
    }

    public override int Wait(int poller, Span<ReadyEvent> events, int timeoutMs)
    {
        if (Find(poller) is not SimPoller polled)
            return -(int)KernelError.BadDescriptor;
        foreach (TcpEnd end in _heldBack)
        {
            if (!end.IsClosed && !end.IsDead && !end.Out.FinWritten)
                World.Fail(InvariantNames.Progress, "the loop sleeps while the kernel holds back what was sent", end.Connection.Number);
        }

        _heldBack.Clear();
        if (polled.HasReady && Faults.Strikes(FaultKind.InterruptedWait))
        {
            polled.Interrupt();
            return -(int)KernelError.Interrupted;
        }

        if (Faults.Strikes(FaultKind.SpuriousWakeUp))
            RaiseAny();
        return polled.Wait(events, timeoutMs);
    }

    public override int OpenWakeUp() => Open(new SimWakeUp(this));

    public override void Wake(int wakeUp)
    {
        if (Find(wakeUp) is SimWakeUp file)
            file.Set();
    }

    public override void ClearWakeUp(int wakeUp)
    {
        if (Find(wakeUp) is SimWakeUp file)
            file.Clear();
    }

    public override int OpenPipe(out int readEnd, out int writeEnd, int capacityBytes)
    {
        (readEnd, writeEnd) = (-1, -1);
        if (Faults.Strikes(FaultKind.PipeFailure) || OpenDescriptors + 2 > _descriptorLimit)
            return Short([KernelError.TooManyDescriptors]);
        SimPipe pipe = new(capacityBytes);
        readEnd = Open(new SimPipeEnd(this, pipe, isWriteEnd: false));
        writeEnd = Open(new SimPipeEnd(this, pipe, isWriteEnd: true));
        return 0;
    }

    private void RaiseAny()
    {
        if (_files[Faults.Pick(_files.Count)] is SimSocket { IsDatagram: false } file)
            file.Raise();
    }
}

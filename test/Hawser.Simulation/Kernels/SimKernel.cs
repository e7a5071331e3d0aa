using System;
using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Invariants;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Kernels;

/// <summary>
/// The kernel under one simulated proxy: its descriptors, its clocks, its part of the network. What it gives is what
/// Linux may give; what Linux never gives (a short receive that is not announced again, bytes out of order) it does not
/// give either. Its parts: descriptors and clocks here, sockets, data, polling and files in the other files.
/// </summary>
internal sealed unsafe partial class SimKernel : Kernel
{
    private const int FirstDescriptor = 3;

    /// <summary>Between 2001 and now: what the log lines show.</summary>
    private const long WallClockStartUs = 1_700_000_000_000_000;

    private readonly List<SimFile?> _files = [];

    /// <summary>Ends whose kernel was promised more.</summary>
    private readonly HashSet<TcpEnd> _heldBack = [];
    private int _lowestFree = FirstDescriptor;

    /// <param name="index">0 or 1: which proxy of the world it serves.</param>
    public SimKernel(Network network, int index, uint address, int descriptorLimit)
    {
        Network = network;
        World = network.World;
        Faults = network.Faults;
        Index = index;
        _address = address;
        _descriptorLimit = descriptorLimit;
        for (int i = 0; i < FirstDescriptor; i++)
            _files.Add(null);
    }

    public Network Network { get; }

    public World World { get; }

    public FaultPlan Faults { get; }

    public int Index { get; }

    /// <summary>Turns of all loops so far: no two run at once.</summary>
    public long Turns { get; set; } = 1;

    public KernelWatcher Watcher { get; set; } = null!;

    public int OpenDescriptors { get; private set; }

    /// <summary>The calendar clock's distance from its course: it is set now and then.</summary>
    public long WallClockOffsetUs { get; set; }

    public override Instant Now() => new(World.NowUs / 1000);

    public override UnixTime WallClock() => new(WallClockStartUs + World.NowUs + WallClockOffsetUs);

    public override int Close(int fd)
    {
        if (Find(fd) is not { } file)
            return -(int)KernelError.BadDescriptor;
        _files[fd] = null;
        _lowestFree = Math.Min(_lowestFree, fd);
        OpenDescriptors--;
        foreach (Watch watch in file.Watches)
            watch.IsRemoved = true;
        file.Watches.Clear();
        if (file is SimSocket { End: { } end } socket)
        {
            World.Note(socket.ClosesWithReset ? Act.CloseReset : Act.Close, end.Connection.Number, end.IsNear, fd);
            Watcher.OnClosed(end);
        }

        file.Descriptor = -1;
        file.OnClosed();
        if (file is SimSocket closed && closed.CountedAt != 0)
            _openTo[closed.CountedAt]--;
        return 0;
    }

    /// <summary>The descriptor's file; using one that is not open breaks an invariant.</summary>
    private SimFile? Find(int fd)
    {
        if ((uint)fd < (uint)_files.Count && _files[fd] is { } file)
            return file;
        World.Fail(InvariantNames.Descriptors, $"descriptor {fd} is not open");
        return null;
    }

    /// <summary>For looking at a proxy from outside: null when there is no such connection.</summary>
    public TcpEnd? EndOf(int fd) =>
        (uint)fd < (uint)_files.Count && _files[fd] is SimSocket { End: { } end } ? end : null;

    private TcpEnd? FindEnd(int fd) => Find(fd) is SimSocket { End: { } end } ? end : null;

    /// <summary>The lowest free number, as POSIX wants it: a stale number is soon somebody else's.</summary>
    private int Open(SimFile file)
    {
        if (OpenDescriptors >= _descriptorLimit)
        {
            Watcher.OnShortage();
            return -(int)KernelError.TooManyDescriptors;
        }

        int fd = _lowestFree;
        while (fd < _files.Count && _files[fd] is not null)
            fd++;
        if (fd == _files.Count)
            _files.Add(null);
        _files[fd] = file;
        _lowestFree = fd + 1;
        file.Descriptor = fd;
        OpenDescriptors++;
        return fd;
    }

    private int _descriptorLimit;

    private int Fail(KernelError error)
    {
        World.Note(Act.Failure, value: (int)error);
        return -(int)error;
    }

    private int Short(ReadOnlySpan<KernelError> errors)
    {
        Watcher.OnShortage();
        return Fail(errors[Faults.Pick(errors.Length)]);
    }

    /// <summary>The network goes on while the processor is inside the kernel.</summary>
    private void TimePasses()
    {
        if (Faults.Strikes(FaultKind.TimePasses))
            World.Pass(1 + Faults.Pick(200));
    }

    /// <summary>
    /// A call gave less than it could have: the kernel owes an edge, which comes as if things had happened a moment
    /// later than they did.
    /// </summary>
    private void Announce(SimFile file) => World.After(1 + Faults.Pick(2000), file);
}

using System;
using System.Collections.Generic;
using Hawser.Base.Random;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Faults;

/// <summary>The probabilities of this run, drawn from its seed, and the dice. Silent in the quiet phase.</summary>
internal sealed class FaultPlan
{
    private static readonly int s_kinds = Enum.GetValues<FaultKind>().Length;

    private readonly World _world;
    private readonly Prng _dice;

    /// <summary>Chance of each kind, in 65536.</summary>
    private readonly uint[] _chances = new uint[s_kinds];

    /// <param name="world">Whose seed it is.</param>
    /// <param name="isCalm">No faults at all.</param>
    /// <param name="without">Kinds that are left out: a shrunk replay tries with fewer.</param>
    public FaultPlan(World world, bool isCalm, IReadOnlyCollection<FaultKind> without)
    {
        _world = world;
        _dice = world.Stream(SeedUse.Faults);
        Prng plan = world.Stream(SeedUse.Faults, index: 1);
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            bool isOn = plan.NextChance(2, 5);
            uint chance = Most(kind) >> (int)plan.NextBelow(6);
            if (isOn && !isCalm && !Contains(without, kind))
                _chances[(int)kind] = Math.Max(1, chance);
        }
    }

    public bool IsOn(FaultKind kind) => _chances[(int)kind] > 0;

    /// <summary>How often a fault has struck, by kind.</summary>
    public long[] Struck { get; } = new long[s_kinds];

    public bool Strikes(FaultKind kind)
    {
        uint chance = _chances[(int)kind];
        if (chance == 0 || _world.IsQuiet || (_dice.NextUInt32() & 0xFFFF) >= chance)
            return false;
        Struck[(int)kind]++;
        return true;
    }

    /// <summary>0 to one less than the bound.</summary>
    public int Pick(int bound) => (int)_dice.NextBelow((uint)bound);

    public IEnumerable<FaultKind> Kinds()
    {
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            if (IsOn(kind))
                yield return kind;
        }
    }

    /// <summary>The worst that still leaves the proxy something to do.</summary>
    private static uint Most(FaultKind kind) => kind switch
    {
        FaultKind.ShortReceive or FaultKind.ShortSend or FaultKind.ShortSplice or FaultKind.TimePasses => 32768,
        FaultKind.ReceiveWouldBlock or FaultKind.SendWouldBlock or FaultKind.SpuriousWakeUp => 16384,
        FaultKind.LogFailure or FaultKind.DelayedFin or FaultKind.InterruptedWait => 8192,
        FaultKind.AcceptFailure or FaultKind.SocketFailure or FaultKind.ConnectFailure => 4096,
        FaultKind.WatchFailure or FaultKind.LinkReset or FaultKind.LinkCut or FaultKind.PipeFailure => 2048,
        FaultKind.Stall or FaultKind.ClockJump => 64,
        _ => 65535,
    };

    private static bool Contains(IReadOnlyCollection<FaultKind> kinds, FaultKind kind)
    {
        foreach (FaultKind one in kinds)
        {
            if (one == kind)
                return true;
        }

        return false;
    }
}

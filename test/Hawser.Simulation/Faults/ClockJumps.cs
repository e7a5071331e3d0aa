using Hawser.Base.Random;
using Hawser.Simulation.Proxies;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Faults;

/// <summary>Sets the calendar clocks now and then: hours forward or back, as an operator or a broken server of time does.</summary>
internal sealed class ClockJumps : WorldTask
{
    private const long EveryUs = 500_000;
    private const long HourUs = 3_600_000_000;

    private readonly World _world;
    private readonly SimulatedProxy[] _proxies;
    private readonly Prng _random;

    public ClockJumps(World world, FaultPlan faults, SimulatedProxy[] proxies)
    {
        _world = world;
        _proxies = proxies;
        _random = world.Stream(SeedUse.Disturbances);
        if (faults.IsOn(FaultKind.ClockJump))
            world.After(EveryUs, this);
    }

    public override void Run(int argument)
    {
        if (_world.IsQuiet)
            return;
        long jumpUs = (_random.NextBelow(9) - 4) * HourUs + _random.NextBelow(1_000_000);
        _proxies[_random.NextBelow((uint)_proxies.Length)].Kernel.WallClockOffsetUs += jumpUs;
        _world.Note(Act.ClockJump, value: jumpUs);
        _world.After(EveryUs + _random.NextBelow(5_000_000), this);
    }
}

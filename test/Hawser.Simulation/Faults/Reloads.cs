using Hawser.Base.Random;
using Hawser.Simulation.Invariants;
using Hawser.Simulation.Proxies;
using Hawser.Simulation.Scenarios;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Faults;

/// <summary>An operator who reloads now and then, and who sometimes thinks better of it.</summary>
internal sealed class Reloads : WorldTask
{
    private readonly World _world;
    private readonly SimulatedProxy _proxy;
    private readonly Scenario _scenario;
    private readonly Prng _random;
    private readonly ReloadInvariant _invariant;
    private int _count;

    public Reloads(World world, SimulatedProxy proxy, Scenario scenario, ReloadInvariant invariant)
    {
        _world = world;
        _proxy = proxy;
        _scenario = scenario;
        _invariant = invariant;
        _random = world.Stream(SeedUse.Disturbances, index: 3);
        world.After(1 + _random.NextBelow(3_000_000), this);
    }

    /// <summary>As a task of the proxy's own thread: between two turns.</summary>
    public override bool IsOutside => false;

    public override void Run(int argument)
    {
        if (_world.IsQuiet)
            return;
        string configuration = _scenario.NextConfiguration!(_random, ++_count);
        _proxy.Reload(configuration, _count, isAbandoned: _random.NextChance(1, 5), _invariant);
        _world.Note(Act.Phase, value: 6);
        _world.After(1 + _random.NextBelow(2_000_000), this);
    }
}

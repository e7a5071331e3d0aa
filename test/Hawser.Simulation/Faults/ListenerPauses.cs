using Hawser.Base.Random;
using Hawser.Simulation.Proxies;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Faults;

/// <summary>An operator who pauses and resumes the listeners (SIGTTOU, SIGTTIN).</summary>
internal sealed class ListenerPauses : WorldTask
{
    private readonly World _world;
    private readonly SimulatedProxy[] _proxies;
    private readonly Prng _random;
    private bool _isPaused;
    private bool _hasEnded;

    public ListenerPauses(World world, SimulatedProxy[] proxies)
    {
        _world = world;
        _proxies = proxies;
        _random = world.Stream(SeedUse.Disturbances, index: 2);
        world.After(1 + _random.NextBelow(3_000_000), this);
    }

    /// <summary>As a task of the proxy's own thread: between two turns.</summary>
    public override bool IsOutside => false;

    public override void Run(int argument)
    {
        if (_hasEnded || (_world.IsQuiet && !_isPaused))
            return;
        Switch();
        _world.After(1 + _random.NextBelow(2_000_000), this);
    }

    /// <summary>Listens again, for good.</summary>
    public void End()
    {
        _hasEnded = true;
        if (_isPaused)
            Switch();
    }

    private void Switch()
    {
        foreach (SimulatedProxy proxy in _proxies)
        {
            if (_isPaused)
                proxy.Set.Runtime.Frontends.Resume();
            else
                proxy.Set.Runtime.Frontends.Pause();
        }

        _isPaused = !_isPaused;
        _world.Note(Act.Phase, value: _isPaused ? 4 : 5);
    }
}

using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Actors;

/// <summary>A client, with its number in the run.</summary>
internal class ClientActor(World world, int index, PeerScript script, ClientPopulation population)
    : Peer(world, script)
{
    /// <summary>From 0.</summary>
    public int Index => index;

    protected override void OnOver() => population.OnLeft(this);
}

namespace Hawser.Simulation.Worlds;

/// <summary>Something that happens at a moment of virtual time.</summary>
internal abstract class WorldTask
{
    /// <summary>
    /// False for what a proxy's own processor does: it does not go on while the same proxy is inside a system call.
    /// </summary>
    public virtual bool IsOutside => true;

    /// <param name="argument">As given when it was set: a task tells its own outdated events by it.</param>
    public abstract void Run(int argument);
}

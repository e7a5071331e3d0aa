namespace Hawser.Proxy.Streams;

/// <summary>Gives memory that the loops' pools have let go of back to the system. From any loop.</summary>
public abstract class MemoryReturn
{
    /// <param name="managedBytes">Objects that the collector can have, about.</param>
    /// <param name="unmanagedBytes">Blocks that were freed.</param>
    public abstract void Dropped(long managedBytes, long unmanagedBytes);

    /// <summary>Stops all loops for some milliseconds when there is enough to be had.</summary>
    /// <param name="isQuiet">Nobody is kept waiting by that.</param>
    /// <returns>False: ask again when the process is quiet.</returns>
    public abstract bool TryGiveBack(bool isQuiet);
}

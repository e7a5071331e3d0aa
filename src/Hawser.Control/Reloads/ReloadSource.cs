using Hawser.Proxy.Building;

namespace Hawser.Control.Reloads;

/// <summary>
/// Reads and builds a configuration beside the running one. The composition root has the files, the switches and the
/// builder. Called on a thread that is no loop, by one at a time.
/// </summary>
public abstract class ReloadSource
{
    /// <summary>Ready to take place: what is new is bound.</summary>
    public abstract ReloadCandidate Prepare(ProxySet running);

    /// <summary>Only to be looked at: nothing is bound.</summary>
    /// <param name="file">Another file or directory than those of the start; null for these.</param>
    public abstract ReloadCandidate Plan(ProxySet running, string? file);

    /// <summary>The running configuration, canonical.</summary>
    public abstract string Show(ProxySet running);

    /// <summary>It has taken place; on loop 0.</summary>
    public abstract void Succeeded(ProxySet running);
}

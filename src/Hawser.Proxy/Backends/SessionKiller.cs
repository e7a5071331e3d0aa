using Hawser.Proxy.Accounting;

namespace Hawser.Proxy.Backends;

/// <summary>
/// Ends the sessions of a server, each on the loop that owns it: "on-marked-down shutdown-sessions" and "on-marked-up
/// shutdown-backup-sessions" (manual, section 5.2). Called on the loop that runs the checks, outside any gate.
/// </summary>
public abstract class SessionKiller
{
    /// <param name="server">Whose sessions, connecting ones included, end now.</param>
    /// <param name="cause">What their termination state says: D or U.</param>
    public abstract void KillSessionsOf(Server server, TerminationCause cause);

    /// <summary>It has gone into maintenance: nobody will want its idle connections.</summary>
    public abstract void CloseIdleOf(Server server);
}

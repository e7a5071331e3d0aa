using System;

namespace Hawser.Proxy.Backends;

/// <summary>
/// Chooses a server of one backend. The algorithms live in <c>Balancing/</c>; each keeps what it needs per server in
/// arrays indexed by <see cref="Server.Index"/>.
/// All calls are made under the backend's gate: one at a time, from whichever loop holds it, and none may block,
/// allocate after <see cref="Start"/>, or call back into the backend.
/// </summary>
public abstract class Balancer
{
    /// <summary>
    /// Takes the backend's servers once, in the order of the configuration. May allocate; usable servers
    /// (<see cref="Server.IsUsable"/>) are taken in.
    /// </summary>
    public abstract void Start(ReadOnlySpan<Server> servers);

    /// <summary>
    /// As <see cref="Start"/>, in the place of a balancer of the same settings: servers that are in maintenance came to
    /// or left the list. An algorithm that remembers more than loads may go on where the other stopped.
    /// </summary>
    public virtual void Resume(Balancer before, ReadOnlySpan<Server> servers) => Start(servers);

    /// <summary>
    /// The server for the next session, or null when none can take it: no server in rotation, or (for the algorithms
    /// that skip full servers) every one full.
    /// </summary>
    /// <param name="key">What hashing algorithms choose by; others ignore it.</param>
    /// <param name="avoid">A server that just failed this session: any other usable one is preferred.</param>
    public abstract Server? Choose(in BalanceKey key, Server? avoid);

    /// <summary>The server entered or left the rotation, or its effective weight changed.</summary>
    public abstract void Refresh(Server server);

    /// <summary>
    /// A session was given to the server, left it, or came to or left its queue: <see cref="Server.ActiveSessions"/> or
    /// <see cref="Server.QueueLength"/> has changed.
    /// </summary>
    public virtual void LoadChanged(Server server)
    {
    }
}

using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>The sessions of all loops, as far as somebody may end them: each loop ends its own, a little later.</summary>
public sealed class RunningSessions : SessionKiller
{
    private readonly ProxyRuntime _run;

    internal RunningSessions(ProxyRuntime run) => _run = run;

    public override void KillSessionsOf(Server server, TerminationCause cause)
    {
        foreach (ProxyLoop loop in _run.Loops)
            loop.Loop.Post(new KillOfServer(loop, server, cause));
    }

    /// <summary>Those that began with one configuration and still go by it.</summary>
    public void KillSessionsOf(ProxySet set, TerminationCause cause)
    {
        foreach (ProxyLoop loop in _run.Loops)
            loop.Loop.Post(new KillOfSet(loop, set, cause));
    }

    public override void CloseIdleOf(Server server)
    {
        if (server.Idle.Length == 0) return;
        foreach (ProxyLoop loop in _run.Loops)
            loop.Loop.Post(new CloseIdle(server));
    }

    internal void KillAll()
    {
        foreach (ProxyLoop loop in _run.Loops)
            loop.Loop.Post(new KillOfServer(loop, server: null, TerminationCause.Killed));
    }

    /// <param name="server">Null: of any.</param>
    private sealed class KillOfServer(ProxyLoop home, Server? server, TerminationCause cause) : LoopJob
    {
        public override void Run(EventLoop loop) => home.Kill(server, cause);
    }

    private sealed class KillOfSet(ProxyLoop home, ProxySet set, TerminationCause cause) : LoopJob
    {
        public override void Run(EventLoop loop)
        {
            Session? session = home.FirstSession;
            while (session is not null)
            {
                Session? next = session.NextSession;
                if (set.Has(session.Frontend)) session.Kill(cause);
                session = next;
            }
        }
    }

    private sealed class CloseIdle(Server server) : LoopJob
    {
        public override void Run(EventLoop loop)
        {
            server.Idle[loop.Index].CloseAll();
            if (!server.IsRetired) server.Idle[loop.Index].Reopen();
        }
    }
}

using System;
using Hawser.Config.Diagnostics;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>Carries what the checks find out to the backends' logs, to stderr and to the sessions.</summary>
internal sealed class ServerEvents(ProxyEvents events, Action<Severity, string> print) : EventReporter
{
    public override void Log(Backend backend, SyslogLevel level, string message) =>
        events.Tell(backend.Logging, level, message);

    public override void Print(Severity severity, string message) => print(severity, message);
}

/// <summary>Ends a server's sessions on every loop.</summary>
internal sealed class ServerSessionKiller(ProxyRuntime run) : SessionKiller
{
    public override void KillSessionsOf(Server server, TerminationCause cause) => run.Current.KillSessions(server, cause);

    public override void CloseIdleOf(Server server)
    {
        if (server.Idle.Length == 0) return;
        foreach (ProxyLoop loop in run.Loops)
            loop.Loop.Post(new CloseIdle(server));
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

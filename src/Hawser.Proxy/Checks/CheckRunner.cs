using System;
using System.Collections.Generic;
using Hawser.Base.Random;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Checks;

/// <summary>
/// All health checks of a process, on one loop. It also owns the states that follow from them: tracking servers, slow
/// start, observed traffic.
/// </summary>
public sealed class CheckRunner
{
    private readonly EventLoop _loop;
    private readonly Dictionary<Server, ServerCheck> _checks = [];

    private CheckRunner(EventLoop loop, ServerStateKeeper states)
    {
        _loop = loop;
        States = states;
    }

    public ServerStateKeeper States { get; }

    /// <summary>
    /// Gives every server its initial state and schedules the first checks; once, after <see cref="Backend.Start"/> of
    /// all backends and before the first session. On the loop's own thread, or before that runs.
    /// </summary>
    /// <param name="loop">Runs the checks and every change of state.</param>
    /// <param name="backends">In the order of the configuration.</param>
    /// <param name="random">Used by this loop only.</param>
    public static CheckRunner Start(
        EventLoop loop,
        ReadOnlySpan<Backend> backends,
        GlobalConfig global,
        Prng random,
        EventReporter reporter,
        SessionKiller killer)
    {
        CheckRunner runner = new(loop, new ServerStateKeeper(backends, reporter, killer));
        foreach (Backend backend in backends)
        {
            foreach (Server server in backend.Servers)
            {
                if (server.Config.Check.IsEnabled)
                    runner.Add(server, new CheckSchedule(server.Config.Check, global.SpreadChecksPercent, random));
            }
        }

        int position = 0;
        foreach (ServerCheck check in runner._checks.Values)
        {
            CheckSchedule schedule = check.Schedule;
            long delayMs = schedule.FirstDelayMs(position++, runner._checks.Count, global.MaxSpreadChecksMs);
            loop.SetTimer(check, new Instant(loop.Now.Milliseconds + delayMs));
        }

        return runner;
    }

    /// <summary>Ends all checks; servers keep their states. On the loop's own thread.</summary>
    public void Stop()
    {
        foreach (ServerCheck check in _checks.Values)
        {
            check.Server.Observer = null;
            check.Stop(_loop);
        }
    }

    /// <summary>"set server … state". A server that leaves maintenance is looked at soon.</summary>
    public void SetMode(Server server, ServerMode mode)
    {
        if (States.Administrator.SetMode(_loop, server, mode))
            CheckOf(server)?.Restart(_loop);
    }

    /// <summary>"set server … health": until the next check says otherwise.</summary>
    public void SetHealth(Server server, ServerHealth health)
    {
        CheckOf(server)?.Force(isUp: health != ServerHealth.Down);
        if (health == ServerHealth.Down)
            States.MarkDown(_loop, server, ServerStateMessages.FromCli);
        else if (health == ServerHealth.Up)
            States.MarkUp(_loop, server, ServerStateMessages.FromCli);
        else
            States.MarkStopping(_loop, server, ServerStateMessages.FromCli);
    }

    /// <summary>"enable health", "disable health".</summary>
    public static void EnableCheck(Server server, bool isEnabled) => server.State.IsCheckDisabled = !isEnabled;

    /// <summary>Null for a server without "check".</summary>
    public ServerCheck? CheckOf(Server server) => _checks.GetValueOrDefault(server);

    private void Add(Server server, CheckSchedule schedule)
    {
        ServerCheck check = new(server, _loop, States, schedule);
        server.Observer = check.Observer;
        _checks.Add(server, check);
    }
}

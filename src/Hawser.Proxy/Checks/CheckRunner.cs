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
    private readonly Prng _random;
    private readonly Dictionary<Server, ServerCheck> _checks = [];

    private CheckRunner(EventLoop loop, Prng random, ServerStateKeeper states)
    {
        _loop = loop;
        _random = random;
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
        CheckRunner runner = new(loop, random, new ServerStateKeeper(backends, reporter, killer));
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

    /// <summary>
    /// After a reload: checks of servers that are gone end, those of new servers begin, and where a line has changed the
    /// check goes on by the new one from where it was.
    /// </summary>
    /// <param name="backends">All of the new configuration.</param>
    public void Follow(ReadOnlySpan<Backend> backends, GlobalConfig global, ReloadedServers servers)
    {
        States.Follow(_loop, backends, servers.Added, servers.Removed);
        foreach (Server server in servers.Removed)
            Remove(server);
        foreach (Server server in servers.Added)
            Begin(server, global);
        foreach ((Server server, bool wasDisabled) in servers.Changed)
        {
            States.Follow(_loop, server, wasDisabled);
            if (CheckOf(server) is not { } before)
            {
                Begin(server, global);
                continue;
            }

            Remove(server);
            if (!server.Config.Check.IsEnabled)
                continue;
            Add(server, new CheckSchedule(server.Config.Check, global.SpreadChecksPercent, _random));
            _checks[server].GoOnFrom(before, _loop);
        }
    }

    private void Begin(Server server, GlobalConfig global)
    {
        if (!server.Config.Check.IsEnabled)
            return;
        CheckSchedule schedule = new(server.Config.Check, global.SpreadChecksPercent, _random);
        Add(server, schedule);
        long delayMs = schedule.FirstDelayMs(_checks.Count - 1, _checks.Count, global.MaxSpreadChecksMs);
        _loop.SetTimer(_checks[server], new Instant(_loop.Now.Milliseconds + delayMs));
    }

    private void Remove(Server server)
    {
        if (!_checks.Remove(server, out ServerCheck? check))
            return;
        server.Observer = null;
        check.Stop(_loop);
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

    /// <inheritdoc cref="ServerAdministrator.SetOwn"/>
    public void SetOwn(Server server, ServerAdministration own)
    {
        if (States.Administrator.SetOwn(_loop, server, own))
            CheckOf(server)?.Restart(_loop);
    }

    /// <summary>"set server … health": until the next check says otherwise; for good where there is none.</summary>
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

    /// <summary>From a state file, before the first session.</summary>
    public void Restore(Server server, RestoredState state)
    {
        if (state.Endpoint is { } endpoint)
            ServerAdministrator.MoveTo(server, endpoint);
        CheckOf(server)?.Restore(state);
        if (state.Weight is { } weight && weight != server.Weight)
            States.Administrator.SetWeight(_loop, server, weight);
        if (state.Health == ServerHealth.Down)
            States.MarkDown(_loop, server, ServerStateMessages.FromFile);
        else if (state.Health == ServerHealth.Stopping)
            States.MarkStopping(_loop, server, ServerStateMessages.FromFile);
        else if (state.IsStarting)
            States.BeginSlowStart(_loop, server);
        States.Administrator.Restore(_loop, server, state.Administration);
        if (state.IsCheckDisabled)
            EnableCheck(server, isEnabled: false);
        server.State.LastChange = new Instant(_loop.Now.Milliseconds - (state.SecondsSinceChange * 1000));
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

using System;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Checks;

/// <summary>
/// The health check of one server: connects at intervals, counts, and tells the state keeper when the count says
/// something new. One timer serves as the pause between checks and as the limit of the one under way.
/// </summary>
public sealed class ServerCheck : LoopTimer
{
    private readonly ServerStateKeeper _keeper;
    private readonly CheckSchedule _schedule;
    private readonly CheckConnection _connection;
    private readonly Milliseconds _timeout;
    private readonly bool _logsChanges;
    private RiseFall _health;
    private bool _isUnderWay;
    private Instant _startedAt;

    /// <summary>When it would have looked again, for the one that takes its place.</summary>
    private Instant _due = Instant.Never;

    internal ServerCheck(Server server, EventLoop loop, ServerStateKeeper keeper, CheckSchedule schedule)
    {
        Server = server;
        _keeper = keeper;
        _schedule = schedule;
        _connection = new CheckConnection(this);
        CheckConfig config = server.Config.Check;
        _health = new RiseFall(config.Rise, config.Fall, server.Config.InitState);
        ProxyConfig backend = server.Backend.Config;
        _timeout = ConnectTimeout(config, backend.Timeouts);
        _logsChanges = backend.Options.LogHealthChecks;
        if (server.Config.Observe == ObserveMode.Layer4)
            Observer = new TrafficObserver(loop, this);
    }

    public Server Server { get; }

    /// <summary>The counter behind "check_health", "check_rise" and "check_fall" of the statistics.</summary>
    public RiseFall Health => _health;

    /// <summary>The last result.</summary>
    public CheckOutcome Outcome { get; private set; } = new(CheckStatus.Initializing);

    /// <summary>"chkfail": failures that took something off the counter.</summary>
    public long Failures { get; private set; }

    /// <summary>Set by an operator; the next check goes there.</summary>
    public CheckTargetChange Target { get; set; }

    /// <summary>Where the next check goes.</summary>
    public SocketAddress TargetAddress => CheckTarget.AddressOf(Server, Target);

    public bool IsUnderWay => _isUnderWay;

    internal TrafficObserver? Observer { get; }

    internal CheckSchedule Schedule => _schedule;

    public override void OnTimer(EventLoop loop)
    {
        if (_isUnderWay)
        {
            _connection.Abort(loop);
            Conclude(loop, CheckStatus.Layer4Timeout, CheckStep.None, KernelError.None);
            return;
        }

        if (Server.IsInMaintenance || Server.State.IsCheckDisabled)
        {
            Reschedule(loop);
            return;
        }

        _isUnderWay = true;
        _startedAt = loop.Now;
        loop.SetTimer(this, loop.Now.After(_timeout));
        _connection.Open(loop);
    }

    /// <summary>"clear counters all".</summary>
    public void ClearFailures() => Failures = 0;

    /// <summary>An operator says that the server is up or down; the next check may say otherwise.</summary>
    internal void Force(bool isUp) => _health.Force(isUp);

    /// <summary>From a state file.</summary>
    internal void Restore(RestoredState state)
    {
        _health.Restore(state.Health, state.IsStarting, state.CheckHealth);
        if (state.CheckStatus is { } status)
            Outcome = new CheckOutcome(status);
        Target = state.CheckTarget;
    }

    /// <summary>The server leaves maintenance: it counts as just up, and is looked at soon.</summary>
    internal void Restart(EventLoop loop)
    {
        _health.Restart();
        LookSoon(loop);
    }

    /// <summary>The next check comes after "fastinter".</summary>
    public void LookSoon(EventLoop loop)
    {
        if (!_isUnderWay)
            loop.SetTimer(this, loop.Now.After(_schedule.Spread(_schedule.FastInterMs)));
    }

    /// <summary>
    /// Takes the place of another check of the same server, whose line has changed: what was counted stays where the
    /// counts mean the same, and what is due soon stays due.
    /// </summary>
    internal void GoOnFrom(ServerCheck before, EventLoop loop)
    {
        Outcome = before.Outcome;
        Failures = before.Failures;
        Target = before.Target;
        if (before._health.Rise == _health.Rise && before._health.Fall == _health.Fall)
            _health = before._health;
        else
            _health.Force(before._health.IsUp);
        Instant next = loop.Now.After(_schedule.Spread(_schedule.IntervalMs(_health, Server.IsUp, Outcome.Status == CheckStatus.Initializing)));
        loop.SetTimer(this, before._due < next ? before._due : next);
    }

    /// <summary>For the end of all checks.</summary>
    internal void Stop(EventLoop loop)
    {
        _due = _isUnderWay ? loop.Now : Deadline;
        _connection.Abort(loop);
        _isUnderWay = false;
        loop.RemoveTimer(this);
    }

    internal void Conclude(EventLoop loop, CheckStatus status, CheckStep step, KernelError error)
    {
        _isUnderWay = false;
        if (step == CheckStep.Source)
            _keeper.Alert(CheckMessages.CannotBindSource(Server.Backend));
        int durationMs = (int)Math.Min((loop.Now - _startedAt).Value, int.MaxValue);
        if (!Server.IsInMaintenance && !Server.State.IsCheckDisabled)
            Account(loop, new CheckOutcome(status, error, step, durationMs));
        Reschedule(loop);
    }

    /// <summary>Real sessions met "error-limit" errors in a row (manual, "on-error").</summary>
    internal void OnObservedErrors(EventLoop loop, int errors)
    {
        if (Server.IsInMaintenance || !Server.IsUp)
            return;
        OnError reaction = Server.Config.OnError;
        if (reaction == OnError.SuddenDeath)
            _health.LeaveFailures(2);
        else if (reaction == OnError.MarkDown)
            _health.LeaveFailures(1);
        if (reaction != OnError.FastInter)
            Account(loop, new CheckOutcome(CheckStatus.HealthAnalyze, ObservedErrors: errors));

        Instant soon = loop.Now.After(new Milliseconds(_schedule.FastInterMs));
        if (!_isUnderWay && soon < Deadline)
            loop.SetTimer(this, soon);
    }

    private void Account(EventLoop loop, in CheckOutcome outcome)
    {
        bool isNews = outcome.Status != Outcome.Status;
        Outcome = outcome;
        if (outcome.Passed)
        {
            Observer?.Forget();
            isNews |= _health.Succeed();
        }
        else
        {
            if (_health.Health > 0)
                Failures++;
            isNews |= _health.Fail();
        }

        if (isNews && _logsChanges)
            _keeper.Tell(Server.Backend, SyslogLevel.Notice, CheckMessages.Logged(Server, outcome, _health));
        bool isTurn = outcome.Passed ? _health.IsUp && !Server.IsUp : !_health.IsUp && Server.IsUp;
        if (!isTurn)
            return;

        // With "option log-health-checks" the reason has been told in the line before.
        string cause = _logsChanges ? "" : CheckMessages.Cause(outcome);
        if (outcome.Passed)
            _keeper.MarkUp(loop, Server, cause);
        else
            _keeper.MarkDown(loop, Server, cause);
    }

    private void Reschedule(EventLoop loop)
    {
        int intervalMs = _schedule.IntervalMs(_health, Server.IsUp, Outcome.Status == CheckStatus.Initializing);
        loop.SetTimer(this, loop.Now.After(_schedule.Spread(intervalMs)));
    }

    /// <summary>manual, "timeout check": the smaller of "timeout connect" and "inter" when it is set, else "inter".</summary>
    private static Milliseconds ConnectTimeout(CheckConfig check, TimeoutsConfig timeouts)
    {
        int limitMs = check.InterMs;
        if (timeouts.CheckMs is not null && timeouts.ConnectMs is { } connect)
            limitMs = Math.Min(limitMs, connect.Value);
        return new Milliseconds(limitMs);
    }
}

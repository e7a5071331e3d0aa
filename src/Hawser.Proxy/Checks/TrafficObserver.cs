using System.Threading;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Checks;

/// <summary>
/// "observe layer4": counts connection errors of real sessions in a row, on whichever loop they happen, and tells the
/// check on its own loop when there were "error-limit" of them.
/// </summary>
internal sealed class TrafficObserver : ConnectObserver
{
    private readonly EventLoop _home;
    private readonly LimitReached _job;
    private readonly int _limit;
    private int _errors;

    public TrafficObserver(EventLoop home, ServerCheck check)
    {
        _home = home;
        _limit = check.Server.Config.ErrorLimit;
        _job = new LimitReached(check, _limit);
    }

    public override void OnConnect(EventLoop loop, bool succeeded)
    {
        if (succeeded)
        {
            Forget();
            return;
        }

        // Exactly one of the loops sees the limit; errors that others count before the reset are part of the same run.
        if (Interlocked.Increment(ref _errors) != _limit)
            return;
        Forget();
        // On the checks' own loop at once, so that the log tells the cause before the effect.
        if (loop == _home)
            _job.Run(loop);
        else
            _home.Post(_job);
    }

    /// <summary>The run of errors is broken: a connection or a check succeeded.</summary>
    public void Forget()
    {
        // Most of the time it is zero already, and reading does not take the line away from other cores.
        if (Volatile.Read(ref _errors) != 0)
            Volatile.Write(ref _errors, 0);
    }

    private sealed class LimitReached : LoopJob
    {
        private readonly ServerCheck _check;
        private readonly int _limit;

        public LimitReached(ServerCheck check, int limit)
        {
            _check = check;
            _limit = limit;
        }

        public override void Run(EventLoop loop) => _check.OnObservedErrors(loop, _limit);
    }
}

using Hawser.Base.Time;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>
/// The rest of a configuration that a reload has replaced: looks now and then whether its last session has ended, and
/// ends those that are left when its own "hard-stop-after" is over, as the old process of HAProxy's reload would. On
/// loop 0.
/// </summary>
internal sealed class Drain : LoopTimer
{
    private static readonly Milliseconds s_period = new(1000);

    private readonly ProxyRuntime _run;
    private readonly ProxySet _set;
    private readonly Instant _until;
    private bool _isForced;

    private Drain(ProxyRuntime run, ProxySet set)
    {
        _run = run;
        _set = set;
        _until = set.Model.Global.HardStopAfterMs is { } limit ? run.Loops[0].Loop.Now.After(new Milliseconds(limit)) : Instant.Never;
    }

    public static void Watch(ProxyRuntime run, ProxySet set) => new Drain(run, set).OnTimer(run.Loops[0].Loop);

    public override void OnTimer(EventLoop loop)
    {
        if (_set.OwnSessions == 0)
        {
            _run.Retired.Remove(_set);
            LetGo();
            _set.Drained?.Invoke(loop);
            _set.Drained = null;
            return;
        }

        if (!_isForced && loop.Now >= _until)
        {
            _isForced = true;
            _run.Events.SoftStopTooLong(_set.GlobalLogging);
            _run.Sessions.KillSessionsOf(_set, TerminationCause.Killed);
        }

        Instant next = loop.Now.After(s_period);
        loop.SetTimer(this, !_isForced && _until < next ? _until : next);
    }

    /// <summary>The counts of the configuration at work look behind themselves once more, and forget what is empty.</summary>
    private void LetGo()
    {
        foreach (Frontend frontend in _run.Current.Frontends)
            _ = frontend.ActiveSessions;
        foreach (Listeners.Listener listener in _run.Current.Listeners)
            _ = listener.Room.Active;
        foreach (Listeners.Listener listener in _run.Current.ControlListeners)
            _ = listener.Room.Active;
        _ = _run.Current.ControlFrontend.ActiveSessions;
    }
}

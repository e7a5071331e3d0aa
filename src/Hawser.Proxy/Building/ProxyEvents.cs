using System;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>What a process tells of its proxies beside their sessions, in HAProxy's words: stops, pauses, limits.</summary>
internal sealed class ProxyEvents : LimitReporter
{
    private readonly Logger[] _loggers;
    private readonly Action<Severity, string> _print;

    /// <param name="loggers">One per loop.</param>
    /// <param name="print">To stderr, where the operator who sent a signal looks.</param>
    public ProxyEvents(Logger[] loggers, Action<Severity, string> print)
    {
        _loggers = loggers;
        _print = print;
    }

    private Logger First => _loggers[0];

    public void StopScheduled(ProxyLogging logging, int graceMs) =>
        Announce(Severity.Notice, logging, SyslogLevel.Warning, $"Scheduling a soft-stop in {graceMs} ms.");

    public void GraceExpired(ProxyLogging logging) =>
        Announce(Severity.Notice, logging, SyslogLevel.Notice, "Grace period expired, proceeding with soft-stop now.");

    public void Stopped(ProxyConfig proxy, ProxyLogging logging, long frontendSessions, long backendSessions) =>
        Warn(logging, $"Proxy {proxy.Name} stopped (cumulated conns: FE: {frontendSessions}, BE: {backendSessions}).");

    public void HardStopped(ProxyConfig proxy, ProxyLogging logging, int sessions) =>
        Warn(logging, $"Proxy {proxy.Name} hard-stopped ({sessions} remaining conns will be closed).");

    public void SoftStopTooLong(ProxyLogging logging) =>
        Warn(logging, "soft-stop running for too long, performing a hard-stop.");

    public void Paused(Frontend frontend) =>
        Warn(frontend.Logging, $"Paused {Kind(frontend.Config)} {frontend.Name}.");

    public void Resumed(Frontend frontend) =>
        Warn(frontend.Logging, $"Resumed {Kind(frontend.Config)} {frontend.Name}.");

    /// <summary>The "stats socket" lines have no log of their own.</summary>
    public void PausedControl(Frontend control) => _print(Severity.Warning, $"Paused {Kind(control.Config)} {control.Name}.");

    /// <inheritdoc cref="PausedControl"/>
    public void ResumedControl(Frontend control) => _print(Severity.Warning, $"Resumed {Kind(control.Config)} {control.Name}.");

    public override void MaxconnReached(EventLoop loop, Frontend frontend, int limit)
    {
        if (frontend.FullReports.TryEnter(loop.Now))
        {
            Tell(_loggers[loop.Index], frontend.Logging, SyslogLevel.Warning,
                $"Proxy {frontend.Name} reached maxconn ({limit}): new connections wait.");
        }
    }

    public override void CannotAccept(EventLoop loop, Frontend frontend, KernelError error)
    {
        if (!frontend.ResourceReports.TryEnter(loop.Now))
            return;
        string limit = error switch
        {
            KernelError.SystemFileTableFull => "system FD limit. Please check system tunables.",
            KernelError.TooManyDescriptors => "process FD limit. Please check 'ulimit-n' and restart.",
            _ => "system memory limit. Please check system tunables.",
        };
        Tell(_loggers[loop.Index], frontend.Logging, SyslogLevel.Emerg, $"Proxy {frontend.Name} reached {limit}");
    }

    public override void CannotConnect(EventLoop loop, Backend backend, KernelError error)
    {
        if (!backend.ResourceReports.TryEnter(loop.Now))
            return;
        string reason = error switch
        {
            KernelError.AddressNotAvailable or KernelError.AddressInUse => "no free ports.",
            KernelError.SystemFileTableFull => "system FD limit reached.",
            KernelError.TooManyDescriptors => "process FD limit reached.",
            _ => $"{KernelErrorText.Of(error)}.",
        };
        Tell(_loggers[loop.Index], backend.Logging, SyslogLevel.Emerg, $"Connect() failed for backend {backend.Name}: {reason}");
    }

    private void Warn(ProxyLogging logging, string text) => Announce(Severity.Warning, logging, SyslogLevel.Warning, text);

    /// <summary>To the operator and to the log.</summary>
    private void Announce(Severity severity, ProxyLogging logging, SyslogLevel level, string text)
    {
        _print(severity, text);
        Tell(First, logging, level, text);
    }

    public override void BlockedCookie(EventLoop loop, Backend backend, Server server) =>
        Tell(_loggers[loop.Index], backend.Logging, SyslogLevel.Alert, $"Blocking cacheable cookie in response from instance {backend.Name}, server {server.Name}.");

    public void Tell(ProxyLogging logging, SyslogLevel level, string text) => Tell(First, logging, level, text);

    private static void Tell(Logger logger, ProxyLogging logging, SyslogLevel level, string text) =>
        logger.LogEvent(logging, level, Encoding.UTF8.GetBytes(text));

    private static string Kind(ProxyConfig proxy) => proxy.Kind == ProxyKind.Listen ? "proxy" : "frontend";
}

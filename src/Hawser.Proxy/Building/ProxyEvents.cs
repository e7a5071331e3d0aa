using System.Text;
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

    public ProxyEvents(Logger[] loggers) => _loggers = loggers;

    private Logger First => _loggers[0];

    public void Stopped(ProxyConfig proxy, ProxyLogging logging, long frontendSessions, long backendSessions) =>
        Tell(First, logging, SyslogLevel.Warning,
            $"Proxy {proxy.Name} stopped (cumulated conns: FE: {frontendSessions}, BE: {backendSessions}).");

    public void HardStopped(ProxyConfig proxy, ProxyLogging logging, int sessions) =>
        Tell(First, logging, SyslogLevel.Warning,
            $"Proxy {proxy.Name} hard-stopped ({sessions} remaining conns will be closed).");

    public void SoftStopTooLong(ProxyLogging logging) =>
        Tell(First, logging, SyslogLevel.Warning, "soft-stop running for too long, performing a hard-stop.");

    public void Paused(Frontend frontend) =>
        Tell(First, frontend.Logging, SyslogLevel.Warning, $"Paused {Kind(frontend.Config)} {frontend.Name}.");

    public void Resumed(Frontend frontend) =>
        Tell(First, frontend.Logging, SyslogLevel.Warning, $"Resumed {Kind(frontend.Config)} {frontend.Name}.");

    public override void ProcessFull(EventLoop loop, Frontend frontend, int limit)
    {
        if (frontend.FullReports.TryEnter(loop.Now))
        {
            Tell(_loggers[loop.Index], frontend.Logging, SyslogLevel.Warning,
                MaxconnReached(frontend, limit));
        }
    }

    public override void FrontendFull(EventLoop loop, Frontend frontend)
    {
        if (frontend.FullReports.TryEnter(loop.Now))
        {
            Tell(_loggers[loop.Index], frontend.Logging, SyslogLevel.Warning,
                MaxconnReached(frontend, frontend.MaximumSessions));
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
            _ => $"{ErrorText.Of(error)}.",
        };
        Tell(_loggers[loop.Index], backend.Logging, SyslogLevel.Emerg, $"Connect() failed for backend {backend.Name}: {reason}");
    }

    public void Tell(ProxyLogging logging, SyslogLevel level, string text) => Tell(First, logging, level, text);

    private static void Tell(Logger logger, ProxyLogging logging, SyslogLevel level, string text) =>
        logger.LogEvent(logging, level, Encoding.UTF8.GetBytes(text));

    private static string MaxconnReached(Frontend frontend, int limit) =>
        $"Proxy {frontend.Name} reached maxconn ({limit}): new connections wait.";

    private static string Kind(ProxyConfig proxy) => proxy.Kind == ProxyKind.Listen ? "proxy" : "frontend";
}

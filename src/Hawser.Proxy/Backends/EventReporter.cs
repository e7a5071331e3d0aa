using Hawser.Config.Diagnostics;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Backends;

/// <summary>
/// Where state changes of servers are told. Called on the loop that runs the checks, never inside a gate; each call is
/// rare enough to allocate.
/// </summary>
public abstract class EventReporter
{
    /// <summary>To the backend's log targets.</summary>
    public abstract void Log(Backend backend, SyslogLevel level, string message);

    /// <summary>To stderr in the shape of a diagnostic, unless the process is quiet or has left its terminal.</summary>
    public abstract void Print(Severity severity, string message);
}

using System;
using Hawser.Config.Diagnostics;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Building;

/// <summary>Carries what the checks find out to the backends' logs, to stderr and to the sessions.</summary>
internal sealed class ServerEvents(ProxyEvents events, Action<Severity, string> print) : EventReporter
{
    public override void Log(Backend backend, SyslogLevel level, string message) =>
        events.Tell(backend.Logging, level, message);

    public override void Print(Severity severity, string message) => print(severity, message);
}

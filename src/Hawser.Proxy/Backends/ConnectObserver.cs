using Hawser.Io.Loop;

namespace Hawser.Proxy.Backends;

/// <summary>Learns a server's health from real traffic (manual, "observe"); the checks are one. Called outside the gate, on the session's loop.</summary>
public abstract class ConnectObserver
{
    public abstract void OnConnect(EventLoop loop, bool succeeded);
}

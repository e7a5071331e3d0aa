using Hawser.Io.Loop;

namespace Hawser.Proxy.Connections;

/// <summary>Who is told that a connection became ready.</summary>
public abstract class ConnectionOwner : LoopJob
{
    internal abstract void OnConnectionReady(EventLoop loop, Connection connection);
}

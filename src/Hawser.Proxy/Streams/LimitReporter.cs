using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams;

/// <summary>
/// Tells operators that a limit was reached, once per period and limit, or that a response was refused, in the logs of the
/// proxy concerned. Called on
/// the loop where it happened.
/// </summary>
public abstract class LimitReporter
{
    /// <summary>"maxconn" of the process, of the frontend or of a bind line: who comes next waits in the kernel's queue.</summary>
    public abstract void MaxconnReached(EventLoop loop, Frontend frontend, int limit);

    /// <summary>No descriptor or memory for one more client.</summary>
    public abstract void CannotAccept(EventLoop loop, Frontend frontend, KernelError error);

    /// <summary>No descriptor, memory or port for a connection to a server.</summary>
    public abstract void CannotConnect(EventLoop loop, Backend backend, KernelError error);

    /// <summary>"option checkcache" has refused a response.</summary>
    public abstract void BlockedCookie(EventLoop loop, Backend backend, Server server);
}

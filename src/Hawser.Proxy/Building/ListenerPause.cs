using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Listeners;

namespace Hawser.Proxy.Building;

/// <summary>
/// What a pause (SIGTTOU, "disable frontend") does to the sockets of a listener whose acceptors have let go of it. TCP:
/// clients are refused, and another process may listen on the port. An abstract name: it is free for another process. A
/// path or an inherited socket stays as it is and clients wait, as with HAProxy 3.5: a UNIX socket that is shut down
/// never listens again, and an inherited one may be listened to by others.
/// </summary>
internal static class ListenerPause
{
    public static void Pause(Kernel kernel, Listener listener)
    {
        foreach (int descriptor in listener.Descriptors)
        {
            if (IsAbstract(listener))
                kernel.ReopenSocket(descriptor, listener.Address.Family);
            else if (IsShutDown(listener))
                kernel.Shutdown(descriptor, ShutdownSide.Receive);
        }
    }

    /// <returns>False when it cannot be listened to again: somebody else has its address.</returns>
    public static bool TryResume(Kernel kernel, Listener listener)
    {
        bool isListening = true;
        foreach (int descriptor in listener.Descriptors)
        {
            if (IsAbstract(listener))
                isListening &= kernel.Bind(descriptor, listener.Address) >= 0 && kernel.Listen(descriptor, listener.Backlog) >= 0;
            else if (IsShutDown(listener))
                isListening &= kernel.Listen(descriptor, listener.Backlog) >= 0;
        }

        return isListening;
    }

    private static bool IsShutDown(Listener listener) =>
        listener.InheritedDescriptor < 0 && listener.Address.Family != SocketAddresses.UnixFamily;

    private static bool IsAbstract(Listener listener) =>
        listener is { InheritedDescriptor: < 0, UnixPath: null } && listener.Address.Family == SocketAddresses.UnixFamily;
}

using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Hawser.EndToEnd.Peers;

/// <summary>
/// Linux lets a listening socket stop and start again on the same binding: shutdown(SHUT_RD), then listen().
/// .NET's Socket forbids it, so it is asked of the kernel directly.
/// </summary>
public static partial class ListeningSocket
{
    private const int ShutdownRead = 0;

    public static void Stop(Socket socket) => _ = shutdown((int)socket.Handle, ShutdownRead);

    public static void Start(Socket socket) => _ = listen((int)socket.Handle, 128);

    [LibraryImport("libc")]
    private static partial int shutdown(int socket, int how);

    [LibraryImport("libc")]
    private static partial int listen(int socket, int backlog);
}

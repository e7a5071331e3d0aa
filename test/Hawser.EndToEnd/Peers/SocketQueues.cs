using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Hawser.EndToEnd.Peers;

/// <summary>What the kernel holds of a connection (ioctl SIOCINQ and SIOCOUTQ, tcp(7)).</summary>
public static partial class SocketQueues
{
    private const ulong SiocInq = 0x541B;
    private const ulong SiocOutq = 0x5411;

    /// <summary>Received and not yet read.</summary>
    public static int UnreadBytes(Socket socket) => Ask(socket, SiocInq);

    /// <summary>Written and not yet acknowledged by the other kernel.</summary>
    public static int UnsentBytes(Socket socket) => Ask(socket, SiocOutq);

    private static int Ask(Socket socket, ulong request)
    {
        if (ioctl((int)socket.Handle, request, out int value) != 0)
            throw new IOException($"ioctl {request:x} failed: {Marshal.GetLastPInvokeError()}");
        return value;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int socket, ulong request, out int value);
}

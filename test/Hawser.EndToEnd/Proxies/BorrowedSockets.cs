using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Hawser.EndToEnd.Proxies;

/// <summary>
/// Duplicates of another process's sockets (pidfd_getfd(2)), to ask the kernel what options they have. Allowed for
/// one's own children, except where the system forbids tracing.
/// </summary>
public static partial class BorrowedSockets
{
    private const long PidfdOpen = 434;
    private const long PidfdGetfd = 438;

    /// <summary>Whether this system lets a process borrow from itself, and so from its children.</summary>
    public static bool AreAllowed
    {
        get
        {
            using Socket own = new(SocketType.Stream, ProtocolType.Tcp);
            using Socket? borrowed = Borrow(Environment.ProcessId, (int)own.Handle);
            return borrowed is not null;
        }
    }

    /// <summary>Asks the first TCP socket that fits; its duplicate is closed when the answer is there.</summary>
    /// <exception cref="IOException">No socket of the process fits.</exception>
    public static string Ask(int pid, Func<Socket, bool> fits, Func<Socket, string> question)
    {
        foreach (Socket socket in TcpSocketsOf(pid))
        {
            using (socket)
            {
                if (fits(socket))
                    return question(socket);
            }
        }

        throw new IOException($"process {pid} has no such socket");
    }

    /// <summary>The value of an option of type int.</summary>
    public static int Option(Socket socket, int level, int option)
    {
        byte[] value = new byte[sizeof(int)];
        socket.GetRawSocketOption(level, option, value);
        return BitConverter.ToInt32(value);
    }

    private static IEnumerable<Socket> TcpSocketsOf(int pid)
    {
        foreach (int descriptor in ProcessFacts.DescriptorNumbers(pid))
        {
            string link = $"/proc/{pid}/fd/{descriptor}";
            if (new FileInfo(link).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) != true)
                continue;
            Socket? socket = Borrow(pid, descriptor);
            if (socket is { ProtocolType: ProtocolType.Tcp })
                yield return socket;
            else
                socket?.Dispose();
        }
    }

    private static Socket? Borrow(int pid, int descriptor)
    {
        long process = syscall(PidfdOpen, pid, 0, 0);
        if (process < 0)
            return null;
        long borrowed = syscall(PidfdGetfd, process, descriptor, 0);
        _ = close((int)process);
        return borrowed < 0 ? null : new Socket(new SafeSocketHandle((nint)borrowed, ownsHandle: true));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial long syscall(long number, long first, long second, long third);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}

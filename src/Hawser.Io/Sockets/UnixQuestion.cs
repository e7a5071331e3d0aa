using System;
using System.Collections.Generic;
using Hawser.Io.Interop;

namespace Hawser.Io.Sockets;

/// <summary>For tools: sends a text to a UNIX socket, says that it is all, and reads to the end. Blocks.</summary>
public static unsafe class UnixQuestion
{
    private const int ChunkBytes = 65_536;

    /// <summary>shutdown(2): nothing more is sent.</summary>
    private const int Sending = 1;

    /// <summary>Null when nobody listens there.</summary>
    public static byte[]? Ask(string path, ReadOnlySpan<byte> question)
    {
        if (!SocketAddresses.TryFromPath(path, out Kernels.SocketAddress address))
            return null;
        int socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0);
        if (socket < 0)
            return null;
        byte[]? answer = null;
        fixed (byte* target = address.Bytes)
        fixed (byte* text = question)
        {
            if (Libc.connect(socket, target, (uint)address.Length) == 0
                && Libc.send(socket, text, (nuint)question.Length, Libc.MSG_NOSIGNAL) == question.Length)
            {
                Libc.shutdown(socket, Sending);
                answer = ReadToEnd(socket);
            }
        }

        Libc.close(socket);
        return answer;
    }

    private static byte[] ReadToEnd(int socket)
    {
        List<byte> answer = [];
        byte[] chunk = new byte[ChunkBytes];
        fixed (byte* start = chunk)
        {
            while (LibcDescriptors.read(socket, start, ChunkBytes) is > 0 and nint count)
                answer.AddRange(chunk.AsSpan(0, (int)count));
        }

        return [.. answer];
    }
}

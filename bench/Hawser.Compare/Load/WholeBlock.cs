using System;
using System.Net.Sockets;

namespace Hawser.Compare.Load;

/// <summary>Blocks of a known length over a blocking socket.</summary>
internal static class WholeBlock
{
    /// <summary>False: the peer closed before the first byte.</summary>
    /// <exception cref="InvalidOperationException">The peer closed in the middle: bytes were lost.</exception>
    public static bool TryReceive(Socket socket, Span<byte> block)
    {
        int filled = 0;
        while (filled < block.Length)
        {
            int count = socket.Receive(block[filled..]);
            if (count == 0)
            {
                return filled == 0
                    ? false
                    : throw new InvalidOperationException($"closed after {filled} of {block.Length} bytes");
            }

            filled += count;
        }

        return true;
    }

    public static void Send(Socket socket, ReadOnlySpan<byte> block)
    {
        while (block.Length > 0) block = block[socket.Send(block)..];
    }
}

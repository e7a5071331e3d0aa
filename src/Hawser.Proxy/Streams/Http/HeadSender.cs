using System;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// Writes a head and what has come of its body in one piece, into the loop's scratch block, and sends that at once. What
/// the peer does not take waits in the channel, in front of what is not through its filter.
/// </summary>
internal static unsafe class HeadSender
{
    /// <inheritdoc cref="TryCompose" path="/param"/>
    /// <param name="moreFollows">More of the body has come already, and is sent in the same turn.</param>
    /// <returns>False when the sink's connection is broken, or <paramref name="body"/> is not in order.</returns>
    public static bool TrySend(
        EventLoop loop, Channel channel, HttpMessage message, ref BodyFilter body, Connection sink, ReadOnlySpan<byte> added, bool moreFollows) =>
        TryCompose(loop, channel, message, ref body, added, out int length, out int held)
        && TrySend(loop, channel, length, held, sink, moreFollows && !body.IsDone);

    /// <summary>Writes into the scratch block: the head, what is to be sent of its body, and what stays held.</summary>
    /// <param name="channel">Holds the head as received, and the bytes behind it.</param>
    /// <param name="message">The head.</param>
    /// <param name="body">Its body's filter; goes on where this leaves it.</param>
    /// <param name="added">Field lines of the connection's own, each with its line end.</param>
    /// <param name="length">Bytes to send.</param>
    /// <param name="held">Bytes behind them that stay held.</param>
    /// <returns>False when <paramref name="body"/> is not in order.</returns>
    internal static bool TryCompose(
        EventLoop loop, Channel channel, HttpMessage message, ref BodyFilter body, ReadOnlySpan<byte> added, out int length, out int held)
    {
        held = 0;
        BufferPool buffers = loop.Buffers;
        int received = channel.Held;
        Span<byte> output = new(buffers.Scratch, buffers.LargeBytes);
        // Cannot fail: a block's content fits into its own length, and scratch is longer.
        Http1HeadWriter.TryWrite(message, output, withEnd: false, out length);
        added.CopyTo(output[length..]);
        length += added.Length;
        "\r\n"u8.CopyTo(output[length..]);
        length += 2;

        Span<byte> behind = new(message.Block + message.HeadBytes, received - message.HeadBytes);
        BodyStep step = body.Pass(behind, out int taken, out int kept);
        if (step == BodyStep.Invalid) return false;
        behind[..kept].CopyTo(output[length..]);
        length += kept;
        ReadOnlySpan<byte> rest = behind[taken..];
        if (body.TryEndPlainly(rest))
        {
            taken += 2;
            rest = rest[2..];
            "\r\n"u8.CopyTo(output[length..]);
            length += 2;
        }

        rest.CopyTo(output[length..]);
        channel.Rewritten += length - (message.HeadBytes + taken);
        held = rest.Length;
        return true;
    }

    /// <summary>Sends what lies in the scratch block; the channel keeps what is not taken, and what is held behind it.</summary>
    internal static bool TrySend(EventLoop loop, Channel channel, int length, int held, Connection sink, bool moreFollows)
    {
        byte* scratch = loop.Buffers.Scratch;
        int sent = 0;
        if (sink.IsWritable && length > 0)
        {
            sink.HoldsBack = moreFollows;
            sent = loop.Kernel.Send(sink.Descriptor, scratch, length, moreFollows);
        }

        bool isBroken = sent < 0 && sent != -(int)KernelError.WouldBlock;
        sent = int.Max(0, sent);
        channel.BytesOut += sent;
        channel.Replace(loop.Buffers, scratch + sent, length - sent, held);
        if (sent > 0) sink.Sent(loop);
        if (sent < length && !isBroken) sink.Blocked(loop);
        return !isBroken;
    }
}

#pragma warning disable RS0030 // An application on its own thread, not the data path: an ordinary socket is what it tests.
using System;
using System.Globalization;
using System.Net.Sockets;
using System.Threading;
using Hawser.Io.Kernels;

namespace Hawser.Control.Lab;

/// <summary>
/// One application of a case: acts on its connection at stated times, and writes down what it sees. Belongs to one
/// thread. Times are milliseconds since the client connected.
/// </summary>
public sealed class Endpoint(LabParty who, Socket socket, Timeline timeline) : IDisposable
{
    private const int ChunkBytes = 65_536;
    private const int StalledMs = 200;
    private const int PollMs = 10;

    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly LinuxKernel _kernel = new();
    private bool _inputEnded;
    private long _standingAtStall;

    /// <summary>Bytes that this side's kernel took from the application.</summary>
    public long Sent { get; private set; }

    /// <summary>Bytes that the application read.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes that stood in this side's own kernel, unacknowledged by the proxy's, at the close or, before an error, at the last stall.</summary>
    public long NeverLeft { get; private set; }

    /// <summary>A send of this side failed, so its application knows that something is wrong.</summary>
    public bool WasTold { get; private set; }

    public bool SawReset { get; private set; }

    public void SleepUntil(int atMs)
    {
        long left = atMs - timeline.NowMs;
        if (left > 0) Thread.Sleep((int)left);
    }

    /// <summary>Sends one piece; false when the kernel refuses it.</summary>
    public bool Send(int bytes)
    {
        try
        {
            int count = socket.Send(_chunk, bytes, SocketFlags.None);
            Sent += count;
            Note($"sent {count}");
            return true;
        }
        catch (SocketException e)
        {
            WasTold = true;
            Fail("send", e.SocketErrorCode);
            return false;
        }
    }

    /// <summary>Sends pieces of the same size, a pause after each, until one fails.</summary>
    public void SendPieces(int pieces, int bytes, int pauseMs)
    {
        for (int i = 0; i < pieces; i++)
        {
            if (!Send(bytes)) return;
            Thread.Sleep(pauseMs);
        }
    }

    /// <summary>Sends as fast as the kernel takes it, until the time, and writes down each time that it takes no more.</summary>
    public void SendAllThatFits(int untilMs)
    {
        long start = timeline.NowMs;
        long before = Sent;
        socket.Blocking = false;
        while (timeline.NowMs < untilMs)
        {
            if (!socket.Poll(TimeSpan.FromMilliseconds(StalledMs), SelectMode.SelectWrite))
            {
                if (Sent > before) timeline.Add(start, who, Text($"sent {Sent - before}, then no room"));
                before = Sent;
                // A reset empties the queue: what stood in it must be asked for before.
                _standingAtStall = Standing();
                while (timeline.NowMs < untilMs && !socket.Poll(TimeSpan.FromMilliseconds(PollMs), SelectMode.SelectWrite))
                {
                }
                start = timeline.NowMs;
                continue;
            }
            int count = socket.Send(_chunk, 0, ChunkBytes, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                Sent += count;
            }
            else if (error != SocketError.WouldBlock)
            {
                WasTold = true;
                if (Sent > before) timeline.Add(start, who, Text($"sent {Sent - before}"));
                before = Sent;
                Fail("send", error);
                break;
            }
        }
        if (Sent > before) timeline.Add(start, who, Text($"sent {Sent - before}"));
        socket.Blocking = true;
    }

    /// <summary>Reads exactly this many bytes, unless the input ends or the time is over first.</summary>
    public void Read(int bytes, int untilMs) => ReadWhile(untilMs, bytes);

    /// <summary>Reads what comes until the time, or until the input ends.</summary>
    public void ReadUntil(int atMs)
    {
        ReadWhile(atMs, long.MaxValue);
        SleepUntil(atMs);
    }

    /// <summary>The article's server: what comes goes back byte by byte, until the time or the end of the input.</summary>
    public void EchoByteByByte(int untilMs)
    {
        while (!_inputEnded && timeline.NowMs < untilMs)
        {
            if (!IsReadable(untilMs)) return;
            long at = timeline.NowMs;
            int count = Receive();
            if (count == 0) return;
            timeline.Add(at, who, Text($"read {count}"));
            int echoed = 0;
            for (; echoed < count; echoed++)
            {
                int sent = socket.Send(_chunk, 0, 1, SocketFlags.None, out SocketError error);
                if (error != SocketError.Success)
                {
                    WasTold = true;
                    Fail("send", error);
                    return;
                }
                Sent += sent;
            }
            Note($"sent {echoed}, one at a time");
        }
    }

    public void Close()
    {
        NeverLeft = WasTold ? _standingAtStall : Standing();
        timeline.Add(who, "closed");
        socket.Close();
    }

    public void Dispose() => socket.Dispose();

    private long Standing() => Math.Max(0, _kernel.UnacknowledgedBytes((int)socket.Handle));

    private void ReadWhile(int untilMs, long wanted)
    {
        // Bytes of one burst are one event: a line for each segment would say less.
        long got = 0;
        long since = 0;
        while (!_inputEnded && got < wanted && timeline.NowMs < untilMs)
        {
            if (!IsReadable(Math.Min(untilMs, (int)timeline.NowMs + PollMs)))
            {
                NoteRead(ref got, ref wanted, since);
                continue;
            }
            long at = timeline.NowMs;
            int count = Receive(() => NoteRead(since, got));
            if (count == 0) return;
            if (got == 0) since = at;
            got += count;
        }
        if (got > 0) NoteRead(since, got);
    }

    private void NoteRead(ref long got, ref long wanted, long since)
    {
        if (got == 0) return;
        NoteRead(since, got);
        wanted -= got;
        got = 0;
    }

    private void NoteRead(long since, long got)
    {
        if (got > 0) timeline.Add(since, who, Text($"read {got}"));
    }

    private bool IsReadable(int untilMs) => socket.Poll(
        TimeSpan.FromMilliseconds(Math.Max(0, untilMs - timeline.NowMs)), SelectMode.SelectRead);

    /// <summary>0 at the end of the input, which is written down as FIN or as an error.</summary>
    private int Receive(Action? beforeEnd = null)
    {
        int count = socket.Receive(_chunk, 0, ChunkBytes, SocketFlags.None, out SocketError error);
        if (error == SocketError.Success && count > 0)
        {
            Received += count;
            return count;
        }
        beforeEnd?.Invoke();
        _inputEnded = true;
        if (error == SocketError.Success) timeline.Add(who, "FIN");
        else Fail("read", error);
        return 0;
    }

    private void Fail(string call, SocketError error)
    {
        SawReset |= error is SocketError.ConnectionReset;
        _inputEnded |= SawReset;
        Note(error switch
        {
            SocketError.ConnectionReset => (FormattableString)$"RST: {call} fails with ECONNRESET",
            SocketError.Shutdown => $"error: {call} fails with EPIPE",
            _ => $"error: {call} fails with {error}",
        });
    }

    private void Note(FormattableString what) => timeline.Add(who, Text(what));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

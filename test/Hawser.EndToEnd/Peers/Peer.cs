using System;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Proxies;

namespace Hawser.EndToEnd.Peers;

/// <summary>
/// One end of one TCP (or unix) connection, driven by a script. It reads in the background unless told not to,
/// and tells a FIN from a RST also after the FIN, by asking the kernel for the connection's state.
/// Reading polls a non-blocking socket: closing a .NET socket with a receive pending may reset the connection.
/// </summary>
public sealed class Peer : IDisposable
{
    private const int TcpInfo = 11;
    private const byte TcpStateClose = 7;
    private const int KeptBytes = 4096;

    /// <summary>So often, with the proxy found idle in between, a full socket is offered more before it counts as stalled.</summary>
    private const int VainTries = 10;

    private readonly Socket _socket;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _mayRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _kept = new byte[KeptBytes];
    private readonly bool _isTcp;
    private long _sent;
    private long _received;
    private uint _hash = 2166136261;
    private volatile bool _fin;
    private volatile bool _reset;
    private volatile bool _shutDown;
    private volatile bool _closed;
    private volatile int _vainLooks;
    private volatile int _delayMs;
    private volatile int _chunk = 65536;

    public Peer(Socket socket, Lane lane, bool reads)
    {
        _socket = socket;
        Lane = lane;
        _isTcp = socket.ProtocolType == ProtocolType.Tcp;
        socket.Blocking = false;
        if (_isTcp)
            socket.NoDelay = true;
        if (reads)
            _mayRead.SetResult();
        _ = Task.Run(Read);
    }

    public Lane Lane { get; }

    public Socket Socket => _socket;

    public long Received => Interlocked.Read(ref _received);

    /// <summary>FNV-1a over everything received so far.</summary>
    public uint Hash => _hash;

    /// <summary>The first bytes received, as Latin-1.</summary>
    public string Text => Encoding.Latin1.GetString(_kept, 0, (int)Math.Min(Received, KeptBytes));

    public bool SawFin => _fin;

    public bool SawReset => _reset;

    public void StartReading() => _mayRead.TrySetResult();

    /// <summary>Reads at most <paramref name="bytes"/> at a time with a pause after each.</summary>
    public void ReadSlowly(int bytes, int pauseMs)
    {
        _chunk = bytes;
        _delayMs = pauseMs;
        StartReading();
    }

    /// <summary>Sends the next bytes of this end's pattern; returns when the kernel has accepted all of them.</summary>
    public async Task<bool> Send(int bytes)
    {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes; i++)
            data[i] = Pattern(_sent + i);
        return await Send(data, $"sent {bytes}").ConfigureAwait(false);
    }

    public Task<bool> Send(string text) => Send(Encoding.Latin1.GetBytes(text), $"sent '{text.Trim()}'");

    public async Task<bool> Send(byte[] data, string what)
    {
        int done = 0;
        while (done < data.Length)
        {
            int n = _socket.Send(data.AsSpan(done), SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
                await Task.Delay(1).ConfigureAwait(false);
            else if (error != SocketError.Success)
            {
                Lane.Did($"send failed: {error}");
                return false;
            }
            else
            {
                done += n;
                _sent += n;
            }
        }

        Lane.Did(what);
        return true;
    }

    /// <summary>
    /// Sends until the kernel takes no more and the proxy, asleep, reads no more, or up to the limit: the socket buffers on
    /// the way are full then. The kernels may still move a little between them, so a script counts on no amount.
    /// </summary>
    public async Task<long> SendUntilStalled(long limit, ProxyUnderTest proxy)
    {
        byte[] data = new byte[16384];
        long start = _sent;
        int vainTries = 0;
        while (_sent - start < limit)
        {
            for (int i = 0; i < data.Length; i++)
                data[i] = Pattern(_sent + i);
            int n = _socket.Send(data, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                _sent += n;
                vainTries = 0;
            }
            else if (error != SocketError.WouldBlock)
            {
                Lane.Did($"send failed: {error}");
                return _sent - start;
            }
            else if (vainTries++ == VainTries)
                break;
            else
                await proxy.Idle().ConfigureAwait(false);
        }

        Lane.Did("sent until stalled");
        return _sent - start;
    }

    public void HalfClose()
    {
        _shutDown = true;
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
            Lane.Did("FIN");
        }
        catch (SocketException e)
        {
            Lane.Did($"FIN failed: {e.SocketErrorCode}");
        }
    }

    /// <summary>Closes both directions as an application does; unread data makes the kernel send RST.</summary>
    public void Close()
    {
        Lane.Did("close");
        Dispose();
    }

    public void Reset()
    {
        Lane.Did("RST");
        _socket.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    public Task WaitForBytes(long count) => Patience.Until(() => Received >= count || _reset, $"{Lane.Name}: {count} bytes");

    /// <summary>Returns when this end has looked at its socket twice more and found nothing new, or looks no more.</summary>
    public Task SeenAll()
    {
        int before = _vainLooks;
        return Patience.Until(
            () => _vainLooks - before >= 2 || _reset || _closed || !_mayRead.Task.IsCompleted, $"{Lane.Name}: silence");
    }

    public Task WaitForFin() => Patience.Until(() => _fin || _reset, $"{Lane.Name}: FIN");

    public Task WaitForReset() => Patience.Until(() => _reset, $"{Lane.Name}: RST");

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _socket.Dispose();
        }
    }

    public static byte Pattern(long position) => (byte)(position * 31 + (position >> 8));

    private async Task Read()
    {
        await _mayRead.Task.ConfigureAwait(false);
        byte[] buffer = new byte[65536];
        while (true)
        {
            int pauseMs;
            lock (_gate)
            {
                if (_closed)
                    return;
                pauseMs = _fin ? LookForReset() : ReadOnce(buffer);
            }

            if (_reset)
                return;
            if (pauseMs > 0)
                await Task.Delay(pauseMs).ConfigureAwait(false);
        }
    }

    /// <summary>Returns how long to wait before the next look, in milliseconds.</summary>
    private int ReadOnce(byte[] buffer)
    {
        int n = _socket.Receive(buffer.AsSpan(0, _chunk), SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
        {
            _vainLooks++;
            return 1;
        }

        if (error != SocketError.Success)
        {
            _reset = true;
            Lane.Saw(error == SocketError.ConnectionReset ? "RST" : error.ToString());
            return 0;
        }

        if (n == 0)
        {
            _fin = true;
            Lane.Saw("FIN");
            return 0;
        }

        Note(buffer.AsSpan(0, n));
        return _delayMs;
    }

    private int LookForReset()
    {
        if (_isTcp && !_shutDown)
        {
            byte[] info = new byte[1];
            _socket.GetRawSocketOption((int)SocketOptionLevel.Tcp, TcpInfo, info);
            if (info[0] == TcpStateClose)
            {
                _reset = true;
                Lane.Saw("RST");
                return 0;
            }
        }

        _vainLooks++;
        return 2;
    }

    private void Note(ReadOnlySpan<byte> data)
    {
        long at = _received;
        foreach (byte b in data)
            _hash = (_hash ^ b) * 16777619;
        if (at < KeptBytes)
        {
            int keep = (int)Math.Min(KeptBytes - at, data.Length);
            data[..keep].CopyTo(_kept.AsSpan((int)at));
        }

        Interlocked.Add(ref _received, data.Length);
        Lane.SawBytes(data.Length);
    }
}

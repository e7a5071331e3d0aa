using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Hawser.EndToEnd.Reloads;

/// <summary>
/// Clients of a proxy that is reloaded: long sessions in mode tcp that speak now and then, connections in mode http that
/// send one request after the other, and new connections all the time.
/// </summary>
internal sealed class StormClients(int tcpPort, int httpPort) : IDisposable
{
    /// <summary>Between two exchanges of one long session or connection.</summary>
    private const int PauseMs = 1000;

    private static readonly byte[] s_request = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nhost: storm\r\n\r\n");
    private static readonly byte[] s_last = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nhost: storm\r\nconnection: close\r\n\r\n");
    private static readonly byte[] s_words = Encoding.ASCII.GetBytes("said through the proxy");

    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _tasks = [];
    private readonly SemaphoreSlim _begun = new(0);
    private long _requests;
    private long _failed;
    private long _resets;
    private long _idleCloses;
    private long _tcpLost;
    private long _slowest;
    private string _firstFailure = "";

    /// <summary>Exchanges that were answered.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that were sent and not answered as they should be, and connections that were refused.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Connections that ended with a reset, whether something was asked or not.</summary>
    public long Resets => Interlocked.Read(ref _resets);

    /// <summary>Connections that the proxy closed between two requests.</summary>
    public long IdleCloses => Interlocked.Read(ref _idleCloses);

    /// <summary>Long sessions in mode tcp that ended.</summary>
    public long TcpLost => Interlocked.Read(ref _tcpLost);

    /// <summary>The longest answer of a new connection, in milliseconds.</summary>
    public long SlowestMs => Interlocked.Read(ref _slowest);

    public string FirstFailure => _firstFailure;

    /// <summary>Begins; returns when all long sessions are up.</summary>
    public async Task Begin(int tcpSessions, int httpConnections, int newcomers)
    {
        for (int i = 0; i < tcpSessions; i++)
        {
            _tasks.Add(Speak(i));
            await _begun.WaitAsync(30_000).ConfigureAwait(false);
        }

        for (int i = 0; i < httpConnections; i++)
        {
            _tasks.Add(Ask(i));
            await _begun.WaitAsync(30_000).ConfigureAwait(false);
        }

        for (int i = 0; i < newcomers; i++)
            _tasks.Add(Come());
    }

    public async Task End()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_tasks).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _end.Dispose();
        _begun.Dispose();
    }

    private async Task Speak(int number)
    {
        bool hasBegun = false;
        try
        {
            using Socket socket = await Connect(tcpPort).ConfigureAwait(false);
            byte[] buffer = new byte[64];
            while (!_end.IsCancellationRequested)
            {
                await socket.SendAsync(s_words).ConfigureAwait(false);
                int received = 0;
                while (received < s_words.Length)
                {
                    int count = await socket.ReceiveAsync(buffer.AsMemory(received)).ConfigureAwait(false);
                    if (count == 0)
                        throw new InvalidOperationException("a tcp session was closed");
                    received += count;
                }

                if (!buffer.AsSpan(0, received).SequenceEqual(s_words))
                    throw new InvalidOperationException("a tcp session got other bytes");
                Interlocked.Increment(ref _requests);
                if (!hasBegun)
                    _begun.Release();
                hasBegun = true;
                await Rest(number).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            Interlocked.Increment(ref _tcpLost);
            Failure(error);
            if (!hasBegun)
                _begun.Release();
        }
    }

    private async Task Ask(int number)
    {
        bool hasBegun = false;
        byte[] buffer = new byte[1024];
        while (!_end.IsCancellationRequested)
        {
            bool isUnderWay = false;
            try
            {
                using Socket socket = await Connect(httpPort).ConfigureAwait(false);
                while (!_end.IsCancellationRequested)
                {
                    // Closed between two requests: a client of HTTP opens another one.
                    if (socket.Poll(0, SelectMode.SelectRead))
                    {
                        if (await socket.ReceiveAsync(buffer).ConfigureAwait(false) > 0)
                            throw new InvalidOperationException("bytes that nobody asked for");
                        Interlocked.Increment(ref _idleCloses);
                        break;
                    }

                    isUnderWay = true;
                    await socket.SendAsync(s_request).ConfigureAwait(false);
                    bool isLast = await Answer(socket, buffer).ConfigureAwait(false);
                    isUnderWay = false;
                    Interlocked.Increment(ref _requests);
                    if (!hasBegun)
                        _begun.Release();
                    hasBegun = true;
                    if (isLast)
                    {
                        Interlocked.Increment(ref _idleCloses);
                        break;
                    }

                    await Rest(number).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is SocketException or InvalidOperationException)
            {
                if (isUnderWay || error is InvalidOperationException)
                    Interlocked.Increment(ref _failed);
                Failure(error);
                if (!hasBegun)
                    _begun.Release();
                hasBegun = true;
            }
        }
    }

    private async Task Come()
    {
        byte[] buffer = new byte[1024];
        while (!_end.IsCancellationRequested)
        {
            long started = Environment.TickCount64;
            try
            {
                using Socket socket = await Connect(httpPort).ConfigureAwait(false);
                await socket.SendAsync(s_last).ConfigureAwait(false);
                _ = await Answer(socket, buffer).ConfigureAwait(false);
                Interlocked.Increment(ref _requests);
            }
            catch (Exception error) when (error is SocketException or InvalidOperationException)
            {
                Interlocked.Increment(ref _failed);
                Failure(error);
            }

            long took = Environment.TickCount64 - started;
            if (took > SlowestMs)
                Interlocked.Exchange(ref _slowest, took);
            await Task.Delay(2).ConfigureAwait(false);
        }
    }

    /// <returns>True when the server's answer was the connection's last.</returns>
    private static async Task<bool> Answer(Socket socket, byte[] buffer)
    {
        int filled = 0;
        while (true)
        {
            int count = await socket.ReceiveAsync(buffer.AsMemory(filled)).ConfigureAwait(false);
            if (count == 0)
                throw new InvalidOperationException($"closed after {filled} bytes of an answer");
            filled += count;
            if (buffer.AsSpan(0, filled).EndsWith("\r\n\r\nok"u8))
                break;
        }

        string text = Encoding.ASCII.GetString(buffer, 0, filled);
        if (!text.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
            throw new InvalidOperationException(text);
        return text.Contains("connection: close", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<Socket> Connect(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port)).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task Rest(int number)
    {
        try
        {
            await Task.Delay(PauseMs / 2 + number * 37 % PauseMs, _end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The storm is over.
        }
    }

    private void Failure(Exception error)
    {
        if (error is SocketException { SocketErrorCode: SocketError.ConnectionReset })
            Interlocked.Increment(ref _resets);
        Interlocked.CompareExchange(ref _firstFailure, error.Message, "");
    }
}

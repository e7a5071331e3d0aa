using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Runtime;

namespace Hawser.EndToEnd.Http;

/// <summary>One proxy in mode http on one thread, with a log, a statistics socket and some origins named s1, s2 and so on.</summary>
internal sealed class HttpStage : IDisposable
{
    private readonly CliProcess _process;
    private readonly SyslogReceiver _log = new();

    /// <param name="format">Of log lines.</param>
    /// <param name="frontend">Further lines of the frontend.</param>
    /// <param name="backend">Lines of the backend; {s1} is an origin's address.</param>
    /// <param name="responses">One origin for each.</param>
    public HttpStage(string binary, string format, string frontend, string backend, string global = "", string bind = "", params string[] responses)
    {
        Origins = [.. responses.Select(response => new RecordingOrigin(Encoding.Latin1.GetBytes(response)))];
        for (int i = 0; i < Origins.Length; i++)
            backend = backend.Replace($"{{s{i + 1}}}", $"127.0.0.1:{Origins[i].Port}", StringComparison.Ordinal);
        _process = new CliProcess(binary, $"""
            defaults
                mode http
                log 127.0.0.1:{_log.Port} local0
                timeout client 1h
                timeout server 1h
                timeout connect 20s
            frontend f
                bind 127.0.0.1:{Port} {bind}
                log-format "{format}"
                {frontend}
                default_backend b
            backend b
                {backend}
            """, $"    nbthread 1\n{global}");
    }

    public RecordingOrigin[] Origins { get; }

    public ProxyUnderTest Proxy => _process.Proxy;

    public int Port { get; } = FreePort.Next();

    public Task Ready() => Proxy.Listening([Port]);

    public Task<string> Ask(string command) => _process.Ask(command + "\n");

    public async Task<Socket> Connect()
    {
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, Port).ConfigureAwait(false);
        return client;
    }

    /// <summary>The texts of so many log lines, in the order in which they came.</summary>
    public async Task<List<string>> Logged(int count)
    {
        await _log.WaitFor(count).ConfigureAwait(false);
        await _log.Drained().ConfigureAwait(false);
        return [.. _log.Lines.Select(line => line.TrimEnd('\n')[(line.IndexOf("]: ", StringComparison.Ordinal) + 3)..])];
    }

    public void Dispose()
    {
        _process.Dispose();
        _log.Dispose();
        foreach (RecordingOrigin origin in Origins) origin.Dispose();
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;

namespace Hawser.EndToEnd.Article;

/// <summary>rsyslogd, a server and hawser with the original configuration, on one stage.</summary>
public sealed class ArticleRun : IDisposable
{
    private readonly string _folder;
    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
    private readonly List<Peer> _peers = [];
    private readonly ListeningServer _server = new("s1", IPAddress.Loopback);
    private readonly int _port = FreePort.Next();

    private ArticleRun(string folder, Rsyslog rsyslog)
    {
        _folder = folder;
        Rsyslog = rsyslog;
    }

    public Rsyslog Rsyslog { get; }

    public ProxyUnderTest Proxy { get; private set; } = null!;

    public static async Task<ArticleRun> Start(bool withLedger)
    {
        string folder = Directory.CreateTempSubdirectory("hawser-e2e-").FullName;
        ArticleRun run = new(folder, await Rsyslog.Start(Binaries.InPath("rsyslogd")!, folder).ConfigureAwait(false));
        string text = await OriginalConfiguration.AdaptedTo(
            run._port, run._server.Port, run.Rsyslog.Port, Path.Combine(folder, "haproxy.pid")).ConfigureAwait(false);
        string file = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, withLedger ? OriginalConfiguration.WithLedger(text) : text).ConfigureAwait(false);
        run.Proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-f", file);
        await run.Proxy.Listening([run._port]).ConfigureAwait(false);
        return run;
    }

    public async Task<Peer> Connect(bool reads = true)
    {
        System.Net.Sockets.Socket socket = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _port).ConfigureAwait(false);
        return Add(new Peer(socket, new Lane("client", _clock), reads));
    }

    public async Task<Peer> Accept() => Add(new Peer(await _server.Accept().ConfigureAwait(false), new Lane("s1", _clock), reads: true));

    /// <summary>A number in the ledger's log line.</summary>
    public long Ledger(string name)
    {
        string line = Rsyslog.Lines.Single(l => l.Contains("res_lost=", StringComparison.Ordinal));
        string field = line.Split(' ').Single(f => f.StartsWith(name + "=", StringComparison.Ordinal));
        return long.Parse(field[(name.Length + 1)..]);
    }

    public void Dispose()
    {
        foreach (Peer peer in _peers)
            peer.Dispose();
        Proxy?.Dispose();
        _server.Dispose();
        Rsyslog.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Peer Add(Peer peer)
    {
        _peers.Add(peer);
        return peer;
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>One proxy with its clients, servers and log receiver: where a scenario is played once.</summary>
public sealed class Stage : IDisposable
{
    private readonly Dictionary<string, ListeningServer> _servers = [];
    private readonly Dictionary<string, int> _binds = [];
    private readonly Dictionary<string, int> _ports = [];
    private readonly List<Lane> _lanes = [];
    private readonly List<Peer> _peers = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-e2e-").FullName;

    public SyslogReceiver Log { get; } = new();

    public ProxyUnderTest Proxy { get; private set; } = null!;

    public string Folder => _folder;

    /// <summary>Things the script wants compared that are neither bytes nor log lines.</summary>
    public Lane Notes { get; private set; } = null!;

    public async Task Start(string binary, string template)
    {
        Notes = NewLane("notes");
        string file = Path.Combine(_folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, ConfigurationTemplate.Fill(template, Resolve)).ConfigureAwait(false);
        Proxy = ProxyUnderTest.Start(binary, "-db", "-f", file);
        await Proxy.Listening(_binds.Values).ConfigureAwait(false);
        _clock.Restart();
    }

    /// <summary>A free port under a name, for the template and for the normaliser.</summary>
    public int Bind(string name)
    {
        if (!_binds.TryGetValue(name, out int port))
            _binds[name] = port = FreePort.Next();
        return port;
    }

    public ListeningServer Server(string name) => _servers[name];

    /// <param name="to">Address to connect to; loopback of IPv4 when null.</param>
    /// <param name="from">Address to connect from; the kernel's choice when null.</param>
    public async Task<Peer> Connect(
        string name, string bind, bool reads = true, int receiveBuffer = 0, IPAddress? to = null, IPAddress? from = null)
    {
        Socket socket = await Dial(bind, to, from, receiveBuffer).ConfigureAwait(false);
        Lane lane = NewLane(name);
        lane.Did("connected");
        return Add(new Peer(socket, lane, reads));
    }

    /// <summary>A connection to a unix socket the proxy binds.</summary>
    public async Task<Peer> ConnectUnix(string name, string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        string file = path.StartsWith('\0') ? path : Path.Combine(_folder, path);
        await Patience.Until(() => path.StartsWith('\0') || File.Exists(file), $"the unix socket {path}").ConfigureAwait(false);
        await Patience.Until(() => TryConnect(socket, file), $"a listener at the unix socket {path}").ConfigureAwait(false);
        Lane lane = NewLane(name);
        lane.Did("connected");
        return Add(new Peer(socket, lane, reads: true));
    }

    /// <summary>The file is there a moment before somebody listens.</summary>
    private static bool TryConnect(Socket socket, string file)
    {
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(file));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A connection the proxy makes to the server; its events stand under the server's name.</summary>
    public async Task<Peer> Accept(string server, bool reads = true)
    {
        ListeningServer from = Server(server);
        Socket socket = await from.Accept().ConfigureAwait(false);
        Lane lane = NewLane(from.Accepted == 1 ? server : $"{server}#{from.Accepted}");
        lane.Saw("connected");
        return Add(new Peer(socket, lane, reads));
    }

    /// <summary>Client and server of one session, exchanged once in both directions: established beyond doubt.</summary>
    public async Task<(Peer Client, Peer Server)> Established(string bind = "fe", string server = "s1")
    {
        Peer client = await Connect("client", bind).ConfigureAwait(false);
        await client.Send(10).ConfigureAwait(false);
        Peer accepted = await Accept(server).ConfigureAwait(false);
        await accepted.WaitForBytes(10).ConfigureAwait(false);
        await accepted.Send(20).ConfigureAwait(false);
        await client.WaitForBytes(20).ConfigureAwait(false);
        return (client, accepted);
    }

    /// <summary>One whole session that ends in order, the server closing first.</summary>
    public async Task Session()
    {
        (Peer client, Peer server) = await Established().ConfigureAwait(false);
        server.HalfClose();
        await client.WaitForFin().ConfigureAwait(false);
        client.Close();
        await server.WaitForFin().ConfigureAwait(false);
        server.Close();
    }

    /// <summary>The servers answer with their names; one short session after the other notes who answered.</summary>
    public async Task AskWhoAnswers(string bind, int sessions, params string[] servers)
    {
        foreach (string server in servers)
            Server(server).AnswerWithName();
        StringBuilder answers = new();
        for (int i = 0; i < sessions; i++)
            answers.Append(answers.Length > 0 ? " " : "").Append(await AskOne(bind, i).ConfigureAwait(false));
        Notes.Saw($"answered by {answers}");
    }

    /// <summary>One short session: the name of the server that answered, or how it ended without one.</summary>
    public async Task<string> AskOne(string bind, int number = 0, IPAddress? to = null, IPAddress? from = null) =>
        await AnswerTo(await Ask(bind, number, to, from).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>The first half of <see cref="AskOne"/>: the client is connected and waits.</summary>
    public async Task<Peer> Ask(string bind, int number = 0, IPAddress? to = null, IPAddress? from = null) =>
        Add(new Peer(await Dial(bind, to, from).ConfigureAwait(false), new Lane($"client {number}", _clock), reads: true));

    /// <summary>The second half.</summary>
    public async Task<string> AnswerTo(Peer client)
    {
        await client.WaitForFin().ConfigureAwait(false);
        if (client.Received == 0)
            return client.SawReset ? "RST" : "FIN";
        ListeningServer server = Server(client.Text);
        int before = server.Finished;
        client.Dispose();
        await Patience.Until(() => server.Finished > before, "the session to end at the server").ConfigureAwait(false);
        return client.Text;
    }

    /// <summary>
    /// Returns when all that has been done so far has had its effect: the proxy sleeps, every end has seen what the proxy
    /// did, and every datagram is among the log's lines. Twice, since an end that reads makes room for the proxy to go on.
    /// What only time brings (a timeout, a check) is not waited for.
    /// </summary>
    public async Task Settle()
    {
        for (int round = 0; round < 2; round++)
        {
            await Proxy.Idle().ConfigureAwait(false);
            Peer[] peers;
            lock (_gate)
                peers = [.. _peers];
            foreach (Peer peer in peers)
                await peer.SeenAll().ConfigureAwait(false);
        }

        await Log.Drained().ConfigureAwait(false);
    }

    public Lane NewLane(string name)
    {
        Lane lane = new(name, _clock);
        lock (_gate)
            _lanes.Add(lane);
        return lane;
    }

    /// <summary>Lanes of all ends, those that took part, in the order of their names.</summary>
    public Lane[] Lanes
    {
        get
        {
            lock (_gate)
                return [.. _lanes.OrderBy(l => l.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>What each port that may appear in a log line stands for.</summary>
    public IEnumerable<(int Port, string Name)> Ports =>
        _binds.Concat(_ports).Select(p => (p.Value, p.Key));

    public void Dispose()
    {
        Peer[] peers;
        lock (_gate)
            peers = [.. _peers];
        foreach (Peer peer in peers)
            peer.Dispose();
        foreach (ListeningServer server in _servers.Values)
            server.Dispose();
        Proxy?.Dispose();
        Log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Socket> Dial(string bind, IPAddress? to, IPAddress? from, int receiveBuffer = 0)
    {
        IPAddress address = to ?? IPAddress.Loopback;
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        if (from is not null)
            socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(address, _binds[bind]).ConfigureAwait(false);
        return socket;
    }

    private Peer Add(Peer peer)
    {
        lock (_gate)
            _peers.Add(peer);
        return peer;
    }

    private string Resolve(string kind, string name) => kind switch
    {
        "log" when name.Length > 0 => UnixLog(name),
        "log" => Log.Port.ToString(),
        "bind" => Bind(name).ToString(),
        "range" => Range(name),
        "sources" => Sources(),
        "id" => Path.GetFileName(_folder),
        "server" => Listener(name, 4096, fill: false),
        "blackhole" => Listener(name, 0, fill: true),
        "refused" => Listener(name, -1, fill: false),
        "unix" => UnixListener(name),
        "path" => Path.Combine(_folder, name),
        "folder" => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName,
        _ => throw new ArgumentException($"unknown place {{{kind}:{name}}} in a scenario's configuration"),
    };

    /// <summary>Three consecutive ports, known as name+0, name+1 and name+2.</summary>
    private string Range(string name)
    {
        int first = FreePort.Next(3);
        for (int i = 0; i < 3; i++)
            _binds[$"{name}+{i}"] = first + i;
        return $"{first}-{first + 2}";
    }

    /// <summary>Three consecutive ports that nobody listens on.</summary>
    private static string Sources()
    {
        int first = FreePort.Next(3);
        return $"{first}-{first + 2}";
    }

    private string Listener(string name, int backlog, bool fill)
    {
        if (!_servers.TryGetValue(name, out ListeningServer? server))
        {
            _servers[name] = server = new ListeningServer(name, IPAddress.Loopback, backlog);
            _ports[name] = server.Port;
            if (fill)
                server.FillBacklog();
        }

        return server.Port.ToString();
    }

    private string UnixLog(string name)
    {
        string path = Path.Combine(_folder, name);
        if (!File.Exists(path))
            Log.ListenAt(path);
        return path;
    }

    private string UnixListener(string name)
    {
        string path = Path.Combine(_folder, name);
        if (!_servers.ContainsKey(name))
            _servers[name] = new ListeningServer(name, path);
        return path;
    }
}

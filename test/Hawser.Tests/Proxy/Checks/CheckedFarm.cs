using System;
using System.Collections.Generic;
using System.Linq;
using IPAddress = System.Net.IPAddress;
using Hawser.Base.Network;
using Hawser.Base.Random;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Logging;

namespace Hawser.Tests.Proxy.Checks;

/// <summary>Backends whose checks run against a scripted kernel in virtual time; what is told is kept.</summary>
internal sealed class CheckedFarm
{
    private readonly List<Backend> _backends = [];
    private readonly HashSet<int> _deadPorts = [];

    public CheckedFarm() =>
        Kernel.OnConnect = address => _deadPorts.Contains(PortOf(address)) ? WhenDead : ConnectScript.Accepted;

    public ScriptedKernel Kernel { get; } = new();

    public EventLoop Loop { get; private set; } = null!;

    public CheckRunner Runner { get; private set; } = null!;

    public ConnectScript WhenDead { get; set; } = ConnectScript.Refused;

    public GlobalConfig Global { get; set; } = new();

    /// <summary>"level message", as the log targets would get it.</summary>
    public List<string> Log { get; } = [];

    /// <summary>"severity message", as stderr would get it.</summary>
    public List<string> Console { get; } = [];

    public List<string> Kills { get; } = [];

    public static ServerConfig Checked(string name, int port, CheckConfig? check = null) => new()
    {
        Name = name,
        Origin = Origin.None,
        Address = new AddressConfig
        {
            Text = $"127.0.0.1:{port}",
            Kind = AddressKind.IPv4,
            IPAddress = IPAddress.Loopback,
            PortKind = PortKind.Fixed,
            PortLow = port,
        },
        Check = (check ?? new CheckConfig { InterMs = 400, FastInterMs = 100, DownInterMs = 700, Rise = 3 })
            with { IsEnabled = true },
    };

    public static ServerConfig Unchecked(string name, int port) =>
        Checked(name, port) with { Check = new CheckConfig() };

    public static ProxyConfig BackendConfig(string name, params ServerConfig[] servers) => new()
    {
        Name = name,
        Kind = ProxyKind.Backend,
        Origin = Origin.None,
        Balance = new BalanceConfig { Algorithm = BalanceAlgorithm.RoundRobin },
        Servers = [.. servers],
    };

    public CheckedFarm Add(ProxyConfig config)
    {
        Server[] servers = config.Servers.Select(NewServer).ToArray();
        _backends.Add(new Backend(config, servers, new RoundRobin(), null!, loops: 1));
        return this;
    }

    public CheckedFarm Start()
    {
        Loop = new EventLoop(0, Kernel, new BufferPool(64, 1));
        foreach (Backend backend in _backends)
            backend.Start();
        Backend[] backends = [.. _backends];
        Runner = CheckRunner.Start(Loop, backends, Global, new Prng(1), new Reporter(this), new Killer(this));
        return this;
    }

    public Backend Backend(string name) => _backends.Single(backend => backend.Name == name);

    public Server Server(string path)
    {
        string[] names = path.Split('/');
        return Backend(names[0]).Servers.Single(server => server.Name == names[1]);
    }

    public ServerCheck Check(string path) => Runner.CheckOf(Server(path))!;

    public void Kill(int port) => _deadPorts.Add(port);

    public void Revive(int port) => _deadPorts.Remove(port);

    /// <summary>Lets virtual time pass and everything due in it happen.</summary>
    public void Pass(long milliseconds)
    {
        Kernel.HorizonMs = Kernel.NowMs + milliseconds;
        while (Kernel.NowMs < Kernel.HorizonMs)
            Loop.Turn();

        // What became ready or due at the very end.
        for (int turn = 0; turn < 4; turn++)
            Loop.Turn();
    }

    /// <summary>What was logged since the last call.</summary>
    public string[] TakeLog()
    {
        string[] lines = [.. Log];
        Log.Clear();
        return lines;
    }

    public static int PortOf(in SocketAddress address) => (address.Used[2] << 8) | address.Used[3];

    private static Server NewServer(ServerConfig config, int index) => new(config.Name, index + 1, index)
    {
        Config = config,
        IsBackup = config.IsBackup,
        Weight = config.Weight,
        EffectiveWeight = config.Weight * Hawser.Proxy.Backends.Server.WeightScale,
        MaximumSessions = config.MaxConnections,
        IsInMaintenance = config.IsDisabled,
        Address = config.Address.IsUnix
            ? UnixAddress(config.Address.Path!)
            : SocketAddresses.From(NetworkAddress.FromIPv4([127, 0, 0, 1], (ushort)config.Address.PortLow)),
        Outgoing = new OutgoingSocket
        {
            Source = config.Source is null
                ? default
                : SocketAddresses.From(NetworkAddress.FromIPv4([10, 99, 99, 99], 0)),
        },
    };

    private static SocketAddress UnixAddress(string path)
    {
        SocketAddresses.TryFromPath(path, out SocketAddress address);
        return address;
    }

    private sealed class Reporter(CheckedFarm farm) : EventReporter
    {
        public override void Log(Backend backend, SyslogLevel level, string message) =>
            farm.Log.Add($"{level} {message}");

        public override void Print(Severity severity, string message) => farm.Console.Add($"{severity} {message}");
    }

    private sealed class Killer(CheckedFarm farm) : SessionKiller
    {
        public override void KillSessionsOf(Server server, TerminationCause cause) =>
            farm.Kills.Add($"{server.Backend.Name}/{server.Name} {(char)cause}");

        public override void CloseIdleOf(Server server)
        {
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.Base.Network;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Printing;
using Hawser.Io.Sockets;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Invariants;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Proxies;

/// <summary>
/// One proxy of the world: the product's own reader, builder, loops, sessions, balancers and checks, started from a
/// configuration's text, over a simulated kernel.
/// </summary>
internal sealed class SimulatedProxy
{
    /// <summary>
    /// What stands for <c>{log}</c> in a scenario's configuration: a line per session that tells everything. It is judged
    /// where it is written, which needs a unix socket: lines for UDP wait for the end of the loop's turn, and what a judge
    /// compares them with goes on meanwhile.
    /// </summary>
    public const string LogLines = """
        log /judged format raw local0
            log 10.9.0.2:515 format raw local0
            log-format "S %ci %cp %bp %f %b %s %ts %rc %[req.bytes_in] %[req.bytes_out] %[res.bytes_in] %[res.bytes_out] %[req.bytes_lost] %[res.bytes_lost] %[req.bytes_unconfirmed] %[res.bytes_unconfirmed] %Tw %Tc %Tt"
            error-log-format "H %ci %cp %[req.bytes_lost] %ts"
        """;

    /// <summary>As <see cref="LogLines"/>, in mode http: a line per request.</summary>
    public const string RequestLogLines = """
        log /judged format raw local0
            log 10.9.0.2:515 format raw local0
            log-format "R %ci %cp %bp %f %b %s %ts %rc %ST %[capture.req.hdr(0)] %[req.bytes_lost] %[res.bytes_lost] %[req.bytes_unconfirmed] %[res.bytes_unconfirmed] %Tw %Tc %Tr %Ta"
        """;

    private const int PlentyOfDescriptors = 100_000;

    private readonly LoopDriver[] _drivers;
    private readonly int _index;
    private readonly string _logLines;
    private bool _isReloading;

    public SimulatedProxy(Network network, int index, string configuration, bool hasExactWeights, ExchangeBook? book)
    {
        World world = network.World;
        _logLines = book is null ? LogLines : RequestLogLines;
        ConfigurationResult result = Read(index, configuration, _logLines, out ConfigurationText text);
        Model = result.Model ?? throw new InvalidOperationException(
            string.Join('\n', result.Diagnostics.Select(found => $"{found.Origin}: {found.Message}")) + "\n" + configuration);
        bool hasFew = network.Faults.IsOn(FaultKind.FewDescriptors);
        int limit = hasFew ? 40 + (int)world.Stream(SeedUse.Scenario, index + 1).NextBelow(200) : PlentyOfDescriptors;
        Kernel = new SimKernel(network, index, address: 0x0A960001 + (uint)index, limit);
        BuildErrors errors = new();
        DiagnosticBag findings = new();
        ProxySettings settings = new()
        {
            Kernel = Kernel,
            Loops = Model.Global.Threads ?? 1,
            ProcessId = 1,
            Seed = world.Stream(SeedUse.Proxy, index).NextUInt64(),
            Hostname = "simulation",
            Zone = TimeZoneInfo.Utc,
            Print = static (_, _) => { },
            Resolver = new AddressResolver(static _ => []),
        };
        Set = ProxyBuilder.Build(Model, settings, errors, findings)
            ?? throw new InvalidOperationException(string.Join('\n', errors.Alerts));
        Set.Text = text;
        _index = index;
        Auditor = new SessionAuditor(network, this, book);
        Kernel.Watcher = Auditor;
        foreach (Backend backend in Set.Backends)
        {
            foreach (Server server in backend.Servers)
            {
                if (server.Config.SendProxy != SendProxyVersion.None)
                    Kernel.HeaderDestinations.Add(Network.Key(SocketAddresses.ToNetworkAddress(server.Address, 0)));
            }
        }

        if (!Set.Runtime.TryBind(Model.Global.MaxConnections?.Value ?? PlentyOfDescriptors, maximumPipes: 64))
            throw new InvalidOperationException(string.Join('\n', errors.Alerts));
        Auditor.Begin(hasExactWeights);
        Set.Runtime.Start(control: null, controlDescriptor: -1);
        _drivers = new LoopDriver[Set.Loops.Length];
        for (int i = 0; i < _drivers.Length; i++)
            _drivers[i] = new LoopDriver(world, network.Faults, Set.Loops[i].Loop, Kernel.Pollers[i], Auditor, index * 100 + i);
    }

    public ConfigModel Model { get; private set; }

    public SimKernel Kernel { get; }

    public ProxySet Set { get; private set; }

    public SessionAuditor Auditor { get; }

    /// <summary>Another configuration takes the place of the running one, or is given up at the last moment.</summary>
    /// <param name="number">The number of it in the run.</param>
    public void Reload(string configuration, int number, bool isAbandoned, ReloadInvariant invariant)
    {
        // As the product's manager: one at a time.
        if (_isReloading || Set.IsStopping)
            return;
        ConfigurationResult result = Read(_index, configuration, _logLines, out ConfigurationText text);
        ConfigModel model = result.Model ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Select(found => found.Message)) + configuration);
        BuildErrors errors = new();
        DiagnosticBag findings = new();
        ProxySet next = ProxyBuilder.BuildBeside(Set, model, Set.Settings, text, errors, findings)
            ?? throw new InvalidOperationException(string.Join('\n', findings.Items.Select(found => found.Message)) + configuration);
        SetSuccession succession = new(Set, next);
        if (!succession.TryPrepare(model.Global.MaxConnections?.Value ?? PlentyOfDescriptors))
            return;
        ReloadInvariant.Snapshot seen = invariant.Before(Set, next, Kernel);
        if (isAbandoned)
        {
            succession.Abandon();
            return;
        }

        _isReloading = true;
        invariant.Begun(number);
        if (!succession.TryBegin(() =>
        {
            _isReloading = false;
            invariant.Finished(seen, number);
        }))
        {
            throw new InvalidOperationException("the process has changed between two calls");
        }

        Set = next;
        Model = model;
        invariant.Check(seen, next, Kernel);
        Auditor.Learn();
    }

    private static ConfigurationResult Read(int index, string configuration, string logLines, out ConfigurationText text)
    {
        ConfigurationSource source = new($"proxy{index}.cfg", Encoding.UTF8.GetBytes(configuration.Replace("{log}", logLines) + "\n"));
        ConfigurationEnvironment environment = new();
        text = ConfigurationText.Read([source], environment);
        return ConfigurationReader.Read([source], environment);
    }

    public NetworkAddress[] Addresses() =>
        [.. Set.Listeners.Select(static listener => SocketAddresses.ToNetworkAddress(listener.Address, 0))];

    public int LiveSessions
    {
        get
        {
            int count = 0;
            foreach (ProxyLoop loop in Set.Loops)
                count += loop.SessionCount + loop.IdleClientCount;
            return count;
        }
    }

    public bool HasEnded => _drivers.All(static driver => driver.Loop.IsStopRequested);
}

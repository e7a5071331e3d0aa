using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Proxy.Logging;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;
using TransparentSource = Hawser.Proxy.Backends.TransparentSource;

namespace Hawser.Proxy.Building;

/// <summary>From a "server" line to a server that can be connected to.</summary>
internal sealed class ServerBuilder(AddressResolver resolver, GlobalConfig global, ProxySettings settings, LoggingBuilder logging, DiagnosticBag findings)
{
    private static readonly InitAddressStep[] s_usualSteps = [new InitAddressStep(InitAddressMethod.Libc)];

    /// <summary>What servers without settings of their own share, and of which backends' settings it was made.</summary>
    private (TcpKeepAliveConfig KeepAlive, bool SmartConnect, OutgoingSocket Socket)? _usual;

    public Server Build(ProxyConfig proxy, ServerConfig config, int index, bool isDynamic = false)
    {
        AddressConfig address = config.Address;
        bool keepsPort = address.IsIP && address.PortKind is PortKind.None or PortKind.Relative;
        Server server = new(config.Name, config.Id, index)
        {
            Config = config,
            IsDynamic = isDynamic,
            IsBackup = config.IsBackup,
            MaximumSessions = config.MaxConnections,
            MinimumSessions = config.MinConnections,
            MaximumQueue = config.MaxQueue,
            Outgoing = Outgoing(proxy, config),
            RedirectPrefix = config.RedirectPrefix is { } prefix ? Encoding.UTF8.GetBytes(prefix) : null,
            Counters = TrafficCounters.PerLoop(settings.CountingLoops),
        };
        server.Weight = config.Weight;
        server.EffectiveWeight = config.Weight * Server.WeightScale;
        server.IsInMaintenance = config.IsDisabled;
        server.Endpoint = new ServerEndpoint(keepsPort, address.PortOffset) { Address = ResolveAddress(proxy, server) };
        server.ConfiguredEndpoint = server.Endpoint;
        ResolveCheckAddress(proxy, server);
        server.FindRingKey();
        server.Cookie = config.Cookie is { } cookie ? Encoding.UTF8.GetBytes(cookie) : DynamicCookie.Of(proxy, server);
        return server;
    }

    /// <summary>What a server evaluates for each connection; comes when all that expressions may name is there.</summary>
    public void CompileExpressions(Server server, CompileContext context)
    {
        ServerConfig config = server.Config;
        ProxyTlv[] tlvs = config.ProxyTlvs.IsEmpty ? [] : new ProxyTlv[config.ProxyTlvs.Length];
        for (int i = 0; i < tlvs.Length; i++)
        {
            ProxyTlvConfig tlv = config.ProxyTlvs[i];
            tlvs[i] = new ProxyTlv((byte)tlv.Type, logging.BuildServerFormat(tlv.Format, "set-proxy-v2-tlv-fmt", context));
        }

        server.ProxyTlvs = tlvs;
        if (config.PoolConnectionName is { } name)
        {
            server.PoolName = ExpressionCompiler.CompileWhole(
                name.Value, context with { Place = FetchContexts.UseServer }, out CompileFinding finding);
            string? problem = server.PoolName is not { } expression ? finding.Message
                : (expression.Row.Contexts & FetchContexts.UseServer) != 0 ? null
                : $"fetch method '{name.Value}' extracts information from '{FetchPlaces.SourceOf(expression.Row)}', none of which is available here";
            if (problem is not null) Reject(name.Origin, $"config : [{config.Origin}] : 'pool-conn-name' : {problem}.");
        }

        bool showsClient = server.Outgoing.Transparent is { Address.Family: AddressFamily.Unspecified };
        server.HasIdentities = showsClient || config.SendProxy != SendProxyVersion.None || server.PoolName is not null;
    }

    /// <summary>The proxy's own "source", once for all its servers, and also where it has none.</summary>
    public void CheckSource(ProxyConfig proxy)
    {
        if (proxy.Source is { } source && !resolver.TryResolve(source.Address, source.Address.PortLow, out _))
            RejectSource(source);
    }

    /// <summary>Where "addr" is no literal.</summary>
    private void ResolveCheckAddress(ProxyConfig proxy, Server server)
    {
        if (server.Config.Check.Address is not { IPAddress: null } address)
            return;
        if (!resolver.TryResolve(address, address.PortLow, out server.CheckAddress))
        {
            Reject(address.Origin,
                $"config : [{server.Config.Origin}] : 'server {proxy.Name}/{server.Config.Name}' : 'addr' : "
                + $"invalid address: '{address.Host ?? address.Text}' in '{address.Text}'.");
        }
    }

    /// <returns>Empty where it is not known: reported, or the server is in maintenance.</returns>
    private SocketAddress ResolveAddress(ProxyConfig proxy, Server server)
    {
        ServerConfig config = server.Config;
        foreach (InitAddressStep step in Steps(config))
        {
            switch (step.Method)
            {
                case InitAddressMethod.Libc:
                    if (resolver.TryResolve(config.Address, config.Address.PortLow, out SocketAddress found, Preferred(config)))
                        return found;

                    break;
                case InitAddressMethod.Address:
                    return SocketAddresses.From(AddressResolver.ToNetworkAddress(step.Address!, config.Address.PortLow));
                case InitAddressMethod.None:
                    server.IsInMaintenance = true;
                    return default;
            }
        }

        if (settings.IgnoresUnresolved)
        {
            server.IsInMaintenance = true;
            return default;
        }

        Reject(config.Address.Origin, config.Address.Kind == AddressKind.HostName
            ? $"config : [{config.Origin}] : 'server {proxy.Name}/{config.Name}' : could not resolve address '{config.Address.Host}'."
            : $"config : [{config.Origin}] : 'server {proxy.Name}/{config.Name}' : invalid address '{config.Address.Text}'.");
        return default;
    }

    private void Reject(Origin at, string message) =>
        findings.ReportWhole(DiagnosticCodes.UnresolvedAddress, Severity.Alert, at, message);

    private static AddressPreference Preferred(ServerConfig config) =>
        config.ResolvePreference == AddressPreference.Any ? AddressPreference.IPv4 : config.ResolvePreference;

    /// <summary>"init-addr" is about names only (manual, section 5.2).</summary>
    private static InitAddressStep[] Steps(ServerConfig config) =>
        config.InitAddress.IsDefaultOrEmpty || config.Address.Kind != AddressKind.HostName
            ? s_usualSteps
            : [.. config.InitAddress];

    private OutgoingSocket Outgoing(ProxyConfig proxy, ServerConfig config)
    {
        SourceConfig? source = config.Source ?? proxy.Source;
        bool isUsual = source is null && config is { TcpUserTimeoutMs: null, CongestionControl: null, Address.IsMultipath: false };
        bool smartConnect = proxy.Options.TcpSmartConnect;
        if (isUsual && _usual is { } usual && usual.SmartConnect == smartConnect && usual.KeepAlive == proxy.ServerKeepAlive)
            return usual.Socket;
        OutgoingSocket outgoing = new()
        {
            Options = SocketOptions.ForServer(proxy, config, global),
            CongestionControl = config.CongestionControl,
            IsMultipath = config.Address.IsMultipath,
            Interface = source?.Interface,
            Transparent = source is null ? null : Transparent(source),
            SourcePorts = source?.Address is { PortKind: PortKind.Range, PortLow: var first, PortHigh: var last } ? new SourcePorts(first, last) : null,
        };
        bool isKnown = source is null || resolver.TryResolve(source.Address, source.Address.PortLow, out outgoing.Source);
        if (!isKnown && config.Source is not null)
            RejectSource(source!);
        if (isUsual)
            _usual = (proxy.ServerKeepAlive, smartConnect, outgoing);
        return outgoing;
    }

    private void RejectSource(SourceConfig source) =>
        Reject(source.Address.Origin, $"config : [{source.Origin}] : 'source' : could not resolve address '{source.Address.Text}'.");

    private TransparentSource? Transparent(SourceConfig source) => source.Transparent switch
    {
        Config.Model.TransparentSource.None => null,
        Config.Model.TransparentSource.Client => new TransparentSource { KeepsPort = true },
        Config.Model.TransparentSource.ClientIP => new TransparentSource(),
        _ => new TransparentSource { Address = Shown(source, source.TransparentAddress!) },
    };

    /// <summary>An address that is unspecified stands for the client's: one that is not known must not be taken for it.</summary>
    private NetworkAddress Shown(SourceConfig source, AddressConfig address)
    {
        if (resolver.TryResolve(address, address.PortLow, out SocketAddress found))
            return SocketAddresses.ToNetworkAddress(found, unixListenerId: 0);
        Reject(address.Origin, $"config : [{source.Origin}] : 'usesrc {address.Text}' : invalid address: '{address.Host}' in '{address.Text}'.");
        return default;
    }
}

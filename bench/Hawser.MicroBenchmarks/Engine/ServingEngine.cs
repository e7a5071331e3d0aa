using System;
using System.Linq;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Io.Loop;
using Hawser.Proxy.Building;

namespace Hawser.MicroBenchmarks.Engine;

/// <summary>The product's own proxy, built from a configuration, over a <see cref="PeerKernel"/>; one loop.</summary>
internal sealed class ServingEngine
{
    private const int Clients = 64;

    private readonly PeerKernel _kernel;
    private readonly EventLoop _loop;

    /// <param name="configuration">Sections beside "defaults" with its timeouts.</param>
    public ServingEngine(string configuration, string request, string response, bool closes)
    {
        _kernel = new PeerKernel(request, response, Clients, closes);
        string text = "defaults\n timeout client 30s\n timeout server 30s\n timeout connect 5s\n" + configuration + "\n";
        ConfigurationResult result = ConfigurationReader.Read(
            [new ConfigurationSource("bench.cfg", Encoding.UTF8.GetBytes(text))], new ConfigurationEnvironment());
        if (result.Model is null)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Select(static found => found.Message)));
        ProxySettings settings = new()
        {
            Kernel = _kernel,
            Loops = 1,
            ProcessId = 1,
            Seed = 1,
            Hostname = "bench",
            Zone = TimeZoneInfo.Utc,
            Print = static (_, text) => Console.Error.WriteLine(text),
            Resolver = new AddressResolver(static _ => []),
        };
        ProxySet set = ProxyBuilder.Build(result.Model, settings, new BuildErrors(), new())
            ?? throw new InvalidOperationException("The configuration was refused.");
        if (!set.Runtime.TryBind(maximumSessions: 1000, maximumPipes: 0)) throw new InvalidOperationException("Nothing could be bound.");
        set.Runtime.Start(control: null, controlDescriptor: -1);
        _loop = set.Loops[0].Loop;
    }

    /// <summary>Turns until that many answers more have reached the clients; a few more may come.</summary>
    public void Serve(int answers)
    {
        for (long goal = _kernel.Answers + answers; _kernel.Answers < goal;)
            _loop.Turn();
    }
}

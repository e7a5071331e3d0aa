using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Hawser.Base.Network;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Building;

/// <summary>Configuration text to bound listeners, on the real kernel; nothing runs.</summary>
internal sealed class BuiltProxies : IDisposable
{
    private readonly LinuxKernel _kernel = new();

    private BuiltProxies(ProxySet? set, BuildErrors errors, DiagnosticBag findings, ConfigModel model)
    {
        Set = set;
        Errors = errors;
        Findings = findings;
        Model = model;
    }

    public ProxySet? Set { get; }

    /// <summary>What went wrong with sockets.</summary>
    public BuildErrors Errors { get; }

    /// <summary>What is wrong with the configuration.</summary>
    public DiagnosticBag Findings { get; }

    public ConfigModel Model { get; }

    /// <param name="text">Sections; the timeouts come from here.</param>
    /// <param name="services">What "use-service" and "stats enable" find; null: nothing.</param>
    public static BuiltProxies From(string text, int loops = 1, HttpServices? services = null)
    {
        ConfigModel model = Read("defaults\n timeout client 1s\n timeout server 1s\n timeout connect 1s\n" + text + "\n");
        BuildErrors errors = new();
        DiagnosticBag findings = new();
        ProxySettings settings = new()
        {
            Kernel = new LinuxKernel(),
            Loops = loops,
            ProcessId = 1,
            Seed = 1,
            Hostname = "host",
            Zone = TimeZoneInfo.Utc,
            Print = static (_, _) => { },
            FindUser = static name => name == "root" ? 0 : null,
            FindGroup = static name => name == "root" ? 0 : null,
            Resolver = new AddressResolver(static _ => []),
            Services = services ?? HttpServices.None,
        };
        return new BuiltProxies(ProxyBuilder.Build(model, settings, errors, findings), errors, findings, model);
    }

    public static ConfigModel Read(string text)
    {
        ConfigurationSource source = new("dir/test.cfg", Encoding.UTF8.GetBytes(text));
        ConfigurationResult result = ConfigurationReader.Read([source], new ConfigurationEnvironment());
        Assert.True(result.Model is not null, string.Join('\n', result.Diagnostics.Select(static item => item.Message)));
        return result.Model;
    }

    public bool Bind() => Set!.Runtime.TryBind(maximumSessions: 100, maximumPipes: 0);

    /// <summary>An option of the n-th listener as the kernel has it.</summary>
    public byte[] Option(int listener, int level, int name, int bytes) =>
        OptionOf(Set!.Listeners[listener].Descriptors[0], level, name, bytes);

    /// <summary>An option of a socket that is ready to connect to the first server.</summary>
    public byte[] OutgoingOption(int level, int name, int bytes)
    {
        int descriptor = Set!.Backends[0].Servers[0].Outgoing.Open(
            _kernel, (int)System.Net.Sockets.AddressFamily.InterNetwork, default(NetworkAddress), out _);
        byte[] value = OptionOf(descriptor, level, name, bytes);
        _kernel.Close(descriptor);
        return value;
    }

    /// <summary>Inherited sockets belong to whoever made them.</summary>
    public void Dispose()
    {
        IEnumerable<int> own = Set?.Listeners
            .Where(static listener => listener.InheritedDescriptor < 0)
            .SelectMany(static listener => listener.Descriptors) ?? [];
        foreach (int descriptor in own)
            _kernel.Close(descriptor);
        foreach (ProxyLoop loop in Set is null ? [] : Set.Loops.ToArray())
            loop.Loop.Close();
    }

    private static byte[] OptionOf(int descriptor, int level, int name, int bytes)
    {
        using SafeSocketHandle handle = new(descriptor, ownsHandle: false);
        using Socket socket = new(handle);
        byte[] value = new byte[bytes];
        int length = socket.GetRawSocketOption(level, name, value);
        return value[..length];
    }
}

using System;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Control.Processes;
using Hawser.Io.Interop;
using Hawser.Io.Kernels;
using Hawser.Proxy.Building;

namespace Hawser.Commands;

/// <summary>The one place where the process is given its data plane.</summary>
internal sealed class ProxyComposition : IProxyProcessBuilder
{
    /// <summary>The tag of log lines: scripts that read logs look for this name.</summary>
    private const string LogTag = "haproxy";

    public IProxyProcess? TryBuild(ConfigModel model, ProcessSettings settings, ProcessMessages messages)
    {
        if (!model.Global.Stats.Sockets.IsEmpty)
            messages.Notice("config : 'stats socket' : the runtime CLI is not implemented yet: the socket is not opened.");
        int loops = model.Global.Threads ?? Environment.ProcessorCount;
        BuildErrors errors = new();
        DiagnosticBag findings = new();
        ProxySettings proxySettings = new()
        {
            Kernel = new LinuxKernel(),
            Loops = loops,
            ProcessId = Environment.ProcessId,
            DefaultFrontendSessions = settings.DefaultProxyMaxConnections,
            Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))),
            ProgramName = LogTag,
            Hostname = Environment.MachineName,
            Zone = TimeZoneInfo.Local,
            NoSplice = settings.NoSplice,
            NoReusePort = settings.NoReusePort,
            IgnoresUnresolved = settings.IgnoresUnresolved,
            Poison = settings.Poison,
            DebugPrint = settings.Debug ? static text => ProcessMessages.WriteAll(StandardStreams.Output, text) : null,
            Print = (severity, text) => Print(messages, severity, text),
            FindUser = static name => Users.TryFindUser(name, out uint id) == Users.Found ? (int)id : null,
            FindGroup = static name => Users.TryFindGroup(name, out uint id) == Users.Found ? (int)id : null,
            Resolver = new AddressResolver(
                settings.NoGetAddrInfo || model.Global.NoGetAddrInfo ? HostByName.Find : AddressResolver.LookUpWithSystem),
        };
        ProxySet? set = ProxyBuilder.Build(model, proxySettings, errors, findings);
        DiagnosticPrinter.Print(findings.Items, showsDiagnostics: false, messages);
        foreach (string alert in errors.Alerts)
            messages.Alert(alert);
        return set is null ? null : new ServingProcess(model, set, errors, loops, settings);
    }

    private static void Print(ProcessMessages messages, Severity severity, string text)
    {
        if (severity == Severity.Alert)
            messages.Alert(text);
        else if (severity == Severity.Warning)
            messages.Warning(text);
        else
            messages.Notice(text);
    }
}

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Control.Pages;
using Hawser.Config.Printing;
using Hawser.Control.Processes;
using Hawser.Control.Reloads;
using Hawser.Control.Stats;
using Hawser.Io.Interop;
using Hawser.Io.Kernels;
using Hawser.Proxy.Building;

namespace Hawser.Commands;

/// <summary>The one place where the process is given its data plane.</summary>
internal sealed class ProxyComposition : IProxyProcessBuilder
{
    /// <summary>The tag of log lines: scripts that read logs look for this name.</summary>
    private const string LogTag = "haproxy";

    public IProxyProcess? TryBuild(
        ConfigModel model, ProcessSettings settings, ProcessMessages messages, ReloadInputs inputs, Func<Origin, string?> lineAt)
    {
        int loops = Loops(model);
        BuildErrors errors = new();
        DiagnosticBag findings = new(lineAt);
        PageServices services = new();
        ProxySet? set = ProxyBuilder.Build(model, DataPlane(model.Global, loops, settings, messages, services), errors, findings);
        DiagnosticPrinter.Print(findings.Items, showsDiagnostics: false, messages);
        foreach (string alert in errors.Alerts)
            messages.Alert(alert);
        // Also where the files are only checked: what is wrong with them is said as at a start.
        if (set is not null) set.Restored = new ServerStateReader(set, messages.Notice, messages.Warning).Read();
        return set is null ? null : new ServingProcess(model, set, errors, loops, settings, inputs, services);
    }

    /// <summary>For a reload: beside a set that goes on, with its loops.</summary>
    public static ProxySet? BuildBeside(
        ProxySet running, ConfigModel model, ProcessSettings settings, ProcessMessages messages, int loops, ConfigurationText text,
        PageServices services, BuildErrors errors, DiagnosticBag findings) =>
        ProxyBuilder.BuildBeside(running, model, DataPlane(model.Global, loops, settings, messages, services), text, errors, findings);

    /// <summary>What a start would report when it puts the model to work; nothing is kept.</summary>
    public static IReadOnlyList<Diagnostic> Check(ConfigModel model, ProcessSettings settings, Func<Origin, string?> lineAt)
    {
        DiagnosticBag findings = new(lineAt);
        ProcessMessages silent = new(LogTag, "") { IsQuiet = true };
        _ = Identity.Resolve(model.Global, findings);
        _ = ProxyBuilder.Build(model, DataPlane(model.Global, Loops(model), settings with { IsCheck = true }, silent, new PageServices()), new BuildErrors(), findings);
        return findings.Items;
    }

    private static int Loops(ConfigModel model) => model.Global.Threads ?? Environment.ProcessorCount;

    private static ProxySettings DataPlane(
        GlobalConfig global, int loops, ProcessSettings settings, ProcessMessages messages, PageServices services) => new()
    {
        Kernel = new LinuxKernel(),
        Services = services,
        Loops = loops,
        IsCheck = settings.IsCheck,
        ProcessId = Environment.ProcessId,
        DefaultFrontendSessions = settings.DefaultProxyMaxConnections,
        Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))),
        ProgramName = LogTag,
        Hostname = Environment.MachineName,
        Zone = TimeZoneInfo.Local,
        NoSplice = settings.NoSplice,
        NoReusePort = settings.NoReusePort,
        Handed = settings.HandedSockets is { } handed ? new HandedListeners(new LinuxKernel(), handed) : null,
        IgnoresUnresolved = settings.IgnoresUnresolved,
        Poison = settings.Poison,
        DebugPrint = settings.Debug ? static text => ProcessMessages.WriteAll(StandardStreams.Output, text) : null,
        Print = (severity, text) => Print(messages, severity, text),
        FindUser = static name => Users.TryFindUser(name, out uint id) == Users.Found ? (int)id : null,
        FindGroup = static name => Users.TryFindGroup(name, out uint id) == Users.Found ? (int)id : null,
        Resolver = new AddressResolver(
            settings.NoGetAddrInfo || global.NoGetAddrInfo ? HostByName.Find : AddressResolver.LookUpWithSystem),
    };

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

using System;
using Hawser.CommandLine;
using Hawser.Config.Model;
using Hawser.Control.Cli;
using Hawser.Control.Cli.Commands;
using Hawser.Control.Pages;
using Hawser.Control.Processes;
using Hawser.Control.Stats;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Building;

namespace Hawser.Commands;

/// <summary>A configuration at work, as the process's start and signals see it.</summary>
internal sealed class ServingProcess(
    ConfigModel model, ProxySet set, BuildErrors errors, int loops, ProcessSettings settings, PageContext pages) : IProxyProcess
{
    private ProcessMessages? _messages;
    private ProcessFacts _facts = new()
    {
        Version = ProductVersion.Full,
        ReleaseDate = ProductVersion.ReleaseDate,
        ProcessId = Environment.ProcessId,
        Hostname = Environment.MachineName,
        Threads = loops,
    };

    public DescriptorNeeds Needs => new(
        set.ListeningSockets + model.Global.Stats.Sockets.Length,
        Checks(),
        loops,
        UsesSplice: UsesSplice(),
        CliConnections: model.Global.Stats.Sockets.IsEmpty ? 0 : model.Global.Stats.MaxConnections);

    public bool TryBind(LimitPlan limits, ProcessMessages messages)
    {
        _messages = messages;
        if (model.Global.Stats.File is { } file)
            StatsFileReader.Load(set, model.Paths.Resolve(file.Value, file.Origin), messages.Warning);
        bool isBound = set.TryBind(limits.MaxConnections, limits.MaxPipes);
        foreach (string warning in errors.Warnings)
            messages.Warning(warning);
        foreach (string alert in errors.Alerts)
            messages.Alert(alert);
        if (!isBound)
            messages.MainAlert("Some protocols failed to start their listeners! Exiting.");
        _facts = _facts with
        {
            MaxConnections = limits.MaxConnections,
            MaxPipes = limits.MaxPipes,
            MaxSockets = limits.MaxSockets,
            DescriptorLimit = limits.DescriptorLimit,
            Warnings = () => messages.Warnings,
            StartupLogs = () => messages.StartupLogs,
            Libraries = LoadedLibraries.Listing,
        };
        return isBound;
    }

    public void Run(SignalHandling signals)
    {
        IdleMeter idle = new(loops);
        pages.Set = set;
        pages.Facts = _facts;
        pages.Idle = idle;
        CliServer cli = new(new CliContext
        {
            Model = model,
            Set = set,
            Facts = _facts,
            Idle = idle,
            Commands = CommandList.Create(),
        });
        cli.Start(set.Loops[0].Loop);
        _messages?.Started();
        set.Run(new SignalWatch(this, signals), signals.Descriptor);
    }

    public void SoftStop() => set.SoftStop();

    public void HardStop() => set.StopNow();

    public void Pause() => set.Pause();

    public void Resume() => set.Resume();

    /// <summary>Pipes are set aside only where a proxy asks for them, as HAProxy's maxconn shows.</summary>
    private bool UsesSplice()
    {
        if (model.Global.NoSplice || settings.NoSplice)
            return false;
        foreach (ProxyConfig proxy in model.Proxies)
        {
            if (proxy.Options.SpliceAuto || proxy.Options.SpliceRequest || proxy.Options.SpliceResponse)
                return true;
        }

        return false;
    }

    private int Checks()
    {
        int count = 0;
        foreach (ProxyConfig proxy in model.Proxies)
        {
            foreach (ServerConfig server in proxy.Servers)
                count += server.Check.IsEnabled ? 1 : 0;
        }

        return count;
    }

    private sealed class SignalWatch(IProxyProcess process, SignalHandling signals) : ReadyHandler
    {
        public override void OnReady(EventLoop loop, Readiness readiness) => signals.Drain(process);
    }
}

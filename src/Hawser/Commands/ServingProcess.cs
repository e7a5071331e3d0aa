using System;
using Hawser.CommandLine;
using Hawser.Config.Model;
using Hawser.Control.Cli;
using Hawser.Control.Cli.Commands;
using Hawser.Control.Pages;
using Hawser.Control.Processes;
using Hawser.Control.Reloads;
using Hawser.Control.Stats;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Building;
using Hawser.Proxy.Logging;

namespace Hawser.Commands;

/// <summary>A configuration at work, as the process's start and signals see it.</summary>
internal sealed class ServingProcess(
    ConfigModel model, ProxySet set, BuildErrors errors, int loops, ProcessSettings settings, ReloadInputs inputs, PageServices services)
    : IProxyProcess
{
    private ProcessMessages? _messages;
    private ReloadManager? _reloads;
    private ReadyNotice? _notice;
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
        bool isBound = set.Runtime.TryBind(limits.MaxConnections, limits.MaxPipes, limits.MaxSockets);
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

    public void Run(SignalHandling signals, ReadyNotice? notice)
    {
        _facts = _facts with { BootMilliseconds = ProcessAge.Milliseconds() };
        services.Context.Set = set;
        services.Context.Facts = _facts;
        CliContext context = new()
        {
            Set = set,
            Facts = _facts,
            Commands = CommandList.Create(),
        };
        CliServer cli = new(context);
        EventLoop loop = set.Loops[0].Loop;
        FileReloads source = new(inputs, services, settings with { HandedSockets = null }, _messages!, loops, _facts.MaxConnections);
        _reloads = context.Reloads = new ReloadManager(loop, set, source, Follow)
        {
            Begun = () => notice?.Reloading(),
            Ended = record =>
            {
                Tell(record);
                notice?.Reloaded(record.Result == ReloadResult.Done);
            },
        };
        _notice = notice;
        cli.Start(loop);
        set.Process.Memory = new ProcessMemory();
        LeaveTheStartBehind();
        _messages?.Started();
        notice?.Ready();
        set.Runtime.Run(new SignalWatch(this, signals), signals.Descriptor);

        void Follow(ProxySet next)
        {
            services.Context.Set = next;
            cli.Follow(next);
        }
    }

    public void Reload(string by) => _reloads?.Reload(by, answered: null);

    public void SoftStop()
    {
        _notice?.Stopping();
        Running.Runtime.SoftStop();
    }

    public void HardStop()
    {
        _notice?.Stopping();
        Running.Runtime.StopNow();
    }

    public void Pause() => Running.Runtime.Frontends.Pause();

    public void Resume() => Running.Runtime.Frontends.Resume();

    private ProxySet Running => _reloads?.Running ?? set;

    /// <summary>
    /// What reading and building have left over goes back to the system before the first session: the budget of the
    /// youngest generation is so large that a collection may not come for hours.
    /// </summary>
    private static void LeaveTheStartBehind() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>To standard error, to the logs, and for "show startup-logs".</summary>
    private void Tell(ReloadRecord record)
    {
        _messages!.Replace(record.Messages);
        if (record.Result == ReloadResult.Done)
        {
            _messages.Notice($"Reload #{record.Number} by {record.By} done: {record.Summary}.");
            Running.Runtime.Announce(SyslogLevel.Notice, $"Reload #{record.Number} by {record.By} done.");
            return;
        }

        _messages.Warning($"Reload #{record.Number} by {record.By} refused: {record.Problem}");
        Running.Runtime.Announce(SyslogLevel.Err, $"Reload #{record.Number} by {record.By} refused: {record.Problem}");
        foreach (string line in record.Messages.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Running.Runtime.Announce(SyslogLevel.Err, line);
    }

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

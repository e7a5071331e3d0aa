using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Control.Processes;
using Hawser.Control.Reloads;
using Hawser.Io.Interop;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;

namespace Hawser.Commands;

/// <summary>
/// The ordinary start, with HAProxy's switches: read the configuration, go into the background, bind, set limits,
/// write the pid, tell old processes, give up privileges, serve until a signal ends it.
/// </summary>
internal sealed class RunCommand
{
    private readonly string[] _arguments;
    private readonly Options _options;
    private readonly ProcessMessages _messages;
    private readonly IProxyProcessBuilder _builder;

    public RunCommand(
        string[] arguments, Options options, ProcessMessages messages, IProxyProcessBuilder builder)
    {
        _arguments = arguments;
        _options = options;
        _messages = messages;
        _builder = builder;
    }

    private bool IsCheck => _options.Kind == StartKind.Check;

    /// <summary>"-W", "-Ws" or "master-worker": the signals, pid file and exit statuses of a master.</summary>
    private bool IsMaster(GlobalConfig global) => _options.Master || global.IsMaster;

    /// <summary>Returns the exit status; does not return when a signal ends the process.</summary>
    public int Run()
    {
        _messages.IsQuiet = _options.Quiet && !_options.Verbose;
        Daemon? daemon = Daemon.Current();
        // The daemon inherits the directory that its parent has changed to.
        if (daemon is null && !TryChangeDirectory()) return ExitStatus.Failure;
        bool mayGoBackground = daemon is null && !_options.Foreground && !IsCheck;
        if (mayGoBackground && _options.Daemon) return Daemon.Start(_arguments, _messages);

        List<ConfigurationSource>? sources = ConfigurationFiles.Read(_options.Files, _messages);
        if (sources is null) return ExitStatus.Failure;
        if (sources.Count == 0) return UsageCommand.Run();
        if (IsCheck) CheckMemory.Reserve(sources);

        sources.AddRange(MasterSocket.Source(_options));
        ConfigurationEnvironment environment = StartEnvironment.Create(_options);
        ConfigurationResult result = ConfigurationReader.Read(sources, environment);
        // Without a finding that stops it, the daemon says all of this again, on the same terminal.
        if (mayGoBackground && result is { IsFatal: false, Model.Global.Daemon: true })
            return Daemon.Start(_arguments, _messages);

        _messages.IsQuiet = (_options.Quiet || result.Model?.Global.Quiet == true) && !_options.Verbose;
        DiagnosticPrinter.Print(result.Diagnostics, _options.ShowsDiagnostics, _messages);
        return result.Model is { } model ? Prepare(model, daemon, Inputs(sources, environment), result.LineAt) : Refused();
    }

    private ReloadInputs Inputs(List<ConfigurationSource> sources, ConfigurationEnvironment environment) => new()
    {
        Sources = sources,
        Environment = environment,
        Read = (file, alert) =>
        {
            List<ConfigurationSource>? read = ConfigurationFiles.Read(file is null ? _options.Files : [file], alert);
            read?.AddRange(MasterSocket.Source(_options));
            return read;
        },
        MaxConnections = _options.MaxConnections,
        WarningsAreFatal = _options.WarningsAreFatal,
    };

    private int Prepare(ConfigModel model, Daemon? daemon, ReloadInputs inputs, Func<Origin, string?> lineAt)
    {
        ProcessEnvironment.Apply(StartEnvironment.Own(_options));
        ProcessEnvironment.Apply(model.EnvironmentChanges);
        if (_options.NoEpoll) _messages.Notice("-de has no effect: epoll is the only poller here.");
        DiagnosticBag findings = new(lineAt);
        IReadOnlyList<HandedSocket>? handed = null;
        if (!IsCheck && _options.OldSocket is { } socket and not "/dev/null" && (handed = ListenerHandover.Take(socket)) is null)
        {
            _messages.Warning($"Failed to connect to the old process socket '{socket}'");
            _messages.Alert("Failed to get the sockets from the old process!");
            if (!IsMaster(model.Global)) return ExitStatus.Failure;
        }

        if (_options.MasterSocket is not null && !IsMaster(model.Global))
        {
            _messages.Alert("a master CLI socket was defined, but master-worker mode (-W) is not enabled.");
            return ExitStatus.Failure;
        }

        Identity? identity = Identity.Resolve(model.Global, findings);
        DiagnosticPrinter.Print(findings.Items, _options.ShowsDiagnostics, _messages);
        IProxyProcess? process = identity is null ? null : _builder.TryBuild(model, Settings() with { HandedSockets = handed }, _messages, inputs, lineAt);
        if (identity is null || process is null)
        {
            return Refused();
        }
        if (_options.ListsLibraries) LoadedLibraries.Print(_options.Verbose && !_messages.IsQuiet);
        if (_options.ListedKeywords != KeywordClass.None) KeywordList.Print(_options.ListedKeywords);
        if (_options.LibraryArchive is { } archive && !LibraryArchive.TryWrite(archive, _messages)) return ExitStatus.Failure;
        if (_options.ShowsProcessors) ProcessorList.Print(model.Global.Threads ?? System.Environment.ProcessorCount);
        if (HasForbiddenWarnings(model)) return ExitStatus.Failure;
        if (IsCheck) return ReportValid();
        return Serve(model, process, identity, daemon);
    }

    /// <summary>After all that is wrong has been said.</summary>
    private int Refused()
    {
        _messages.Alert("config : Fatal errors found in configuration.");
        return ExitStatus.Failure;
    }

    private int Serve(ConfigModel model, IProxyProcess process, Identity identity, Daemon? daemon)
    {
        LimitSettings limitSettings = Limits(model.Global);
        LimitPlan limits = LimitPlan.Compute(limitSettings, process.Needs, ResourceLimits.SystemDescriptorLimit());
        if (limits.IsAutomatic) _messages.Notice($"Automatically setting global.maxconn to {limits.MaxConnections}.");
        if (process.Needs.Listeners == 0)
        {
            _messages.MainAlert("No enabled listener found (check for 'bind' directives) ! Exiting.");
            return ExitStatus.Failure;
        }
        // Before the listeners: from now on a signal must find its handler.
        using SignalSource? source = SignalSource.Open();
        if (source is null)
        {
            _messages.MainAlert($"Cannot take signals: {Marshal.GetLastPInvokeErrorMessage()}.");
            return ExitStatus.Failure;
        }
        SignalHandling signals = new(source, _messages);
        if (!ResourceLimits.TryApply(
                ref limits, limitSettings, process.Needs, model.Global.StrictLimits, _messages)
            || !process.TryBind(limits, _messages)
            || HasForbiddenWarnings(model)
            || !TryLeaveTraces(model.Global, daemon))
        {
            return ExitStatus.Failure;
        }
        ReadyNotice? notice = _options.NotifiesSystemd ? ReadyNotice.Open(new LinuxKernel()) : null;
        int nowhere = daemon is null ? -1 : Daemon.OpenNowhere();
        if (model.Global.DumpsLibraries) CoreDumps.IncludeLibraries(_messages);
        if (!identity.TryAssume(_messages)) return ExitStatus.Failure;
        if (model.Global.Dumpable == true) CoreDumps.Allow(_messages);
        if (_options.Debug) ProcessMessages.WriteAll(StandardStreams.Output, "Using epoll() as the polling mechanism.\n");
        if (daemon is not null)
        {
            _messages.IsQuiet = true;
            daemon.Detach(nowhere);
        }
        process.Run(signals, notice);
        if (signals.Fatal is { } fatal)
        {
            if (IsMaster(model.Global)) return fatal == Signal.Terminate ? ExitStatus.Success : ExitStatus.MasterKilled + (int)fatal;
            SignalSource.DieBy(fatal);
        }

        return ExitStatus.Success;
    }

    /// <summary>The pid file, then the signal to the processes it named before.</summary>
    private bool TryLeaveTraces(GlobalConfig global, Daemon? daemon)
    {
        string? pidFile = _options.PidFile ?? global.ProcessIdFile?.Value;
        if ((daemon is not null || IsMaster(global)) && pidFile is not null && !PidFile.TryWrite(pidFile, _messages)) return false;
        OldProcesses.Tell(_options.SoftStopped, Signal.SoftStop);
        OldProcesses.Tell(_options.Terminated, Signal.Terminate);
        return true;
    }

    private bool TryChangeDirectory()
    {
        if (_options.Directory is not { } directory || LibcProcess.chdir(directory) == 0) return true;
        _messages.Alert($"Could not change to directory {directory} : {Marshal.GetLastPInvokeErrorMessage()}");
        return false;
    }

    private bool HasForbiddenWarnings(ConfigModel model)
    {
        if (_messages.Warnings == 0 || !(_options.WarningsAreFatal || model.Global.ZeroWarning)) return false;
        _messages.Alert("Some warnings were found and 'zero-warning' is set. Aborting.");
        return true;
    }

    private int ReportValid()
    {
        if (!_messages.IsQuiet && _messages.Warnings > 0)
            ProcessMessages.WriteAll(StandardStreams.Output, "Warnings were found.\n");
        if (_options.Verbose)
            ProcessMessages.WriteAll(StandardStreams.Output, "Configuration file is valid\n");
        return ExitStatus.Success;
    }

    private LimitSettings Limits(GlobalConfig global) => new()
    {
        MaxConnections = _options.MaxConnections ?? global.MaxConnections?.Value,
        MaxPipes = global.MaxPipes,
        DescriptorLimit = global.MaxOpenFiles?.Value,
        DescriptorHardLimit = global.FdHardLimit?.Value,
        MemoryMegabytes = _options.MemoryMegabytes,
        BufferSizeBytes = global.Tuning.BufferSizeBytes ?? LimitSettings.DefaultBufferSizeBytes,
    };

    private ProcessSettings Settings() => new()
    {
        IsCheck = IsCheck,
        Debug = _options.Debug,
        Poison = _options.Poison,
        DefaultProxyMaxConnections = _options.DefaultProxyMaxConnections,
        IgnoresUnresolved = _options.IgnoresUnresolved,
        NoGetAddrInfo = _options.NoGetAddrInfo,
        NoReusePort = _options.NoReusePort,
        NoSplice = _options.NoSplice,
        LocalPeer = StartEnvironment.LocalPeer(_options),
    };
}

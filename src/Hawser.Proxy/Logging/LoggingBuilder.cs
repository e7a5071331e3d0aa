using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using System.Text;
using Hawser.Base.Network;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Io.Sockets;
using Hawser.Protocols.Syslog;
using SocketAddress = Hawser.Io.Kernels.SocketAddress;

namespace Hawser.Proxy.Logging;

/// <summary>
/// Makes the run-time logging settings of a configuration: one builder for all of its proxies, so that a target that
/// several inherit is one target. Start-up code; findings go to the bag.
/// </summary>
public sealed class LoggingBuilder
{
    private readonly GlobalConfig _global;
    private readonly string _programName;
    private readonly string _sentHostname;
    private readonly int _processId;
    private readonly Func<AddressConfig, IPAddress?> _resolve;
    private readonly DiagnosticBag _diagnostics;
    private readonly CompileContext _context;
    private readonly Dictionary<LogTargetConfig, LogTarget> _targets = [];
    private readonly HashSet<(Origin At, string Message)> _reported = [];
    private readonly Dictionary<string, SyslogSender> _senders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogProfile> _profiles = new(StringComparer.Ordinal);
    private readonly LogFormat _defaultFormat;
    private readonly LogFormat _defaultUnixFormat;
    private readonly LogFormat _defaultHttpFormat;
    private readonly LogFormat _defaultHttpUnixFormat;

    /// <param name="programName">The tag where no "log-tag" says otherwise.</param>
    /// <param name="systemHostname">What "log-send-hostname" without an argument sends.</param>
    /// <param name="context">What formats are compiled with.</param>
    /// <param name="profiles">The log-profile sections.</param>
    /// <param name="resolve">Looks up a target's host name; null when it has none.</param>
    public LoggingBuilder(
        GlobalConfig global,
        string programName,
        string systemHostname,
        int processId,
        Func<AddressConfig, IPAddress?> resolve,
        DiagnosticBag diagnostics,
        CompileContext context,
        ImmutableArray<LogProfileConfig> profiles)
    {
        _context = context with { Place = FetchContexts.Log };
        _global = global;
        _programName = programName;
        _processId = processId;
        _sentHostname = global.LogSendHostname is "" ? systemHostname : global.LogSendHostname ?? "";
        _resolve = resolve;
        _diagnostics = diagnostics;
        _defaultFormat = BuiltIn(LogFormats.Default);
        _defaultUnixFormat = BuiltIn(LogFormats.DefaultUnix);
        _defaultHttpFormat = BuiltIn(LogFormats.DefaultHttp);
        _defaultHttpUnixFormat = BuiltIn(LogFormats.DefaultHttpUnix);
        foreach (LogProfileConfig profile in profiles) _profiles[profile.Name] = Build(profile);
    }

    /// <summary>Null for a name that no section has.</summary>
    public LogProfile? FindProfile(string name) => _profiles.GetValueOrDefault(name);

    private LogProfile Build(LogProfileConfig config)
    {
        LogProfileStep?[] steps = new LogProfileStep?[Enum.GetValues<LogOrigin>().Length];
        Dictionary<string, LogProfileStep> byName = new(StringComparer.Ordinal);
        bool readsConnection = false;
        foreach (LogProfileStepConfig step in config.Steps)
        {
            LogProfileStep built = new(step.IsDropped, Compile(step.Format, "logformat", _context), Compile(step.StructuredData, "logformat", _context));
            readsConnection |= ReadsConnection(built.Format) || ReadsConnection(built.StructuredData);
            byName[step.Step] = built;
        }

        foreach (LogOrigin origin in Enum.GetValues<LogOrigin>())
            steps[(int)origin] = byName.GetValueOrDefault(StepOf(origin)) ?? byName.GetValueOrDefault(LogSteps.Any);
        return new LogProfile(config.Name, config.Tag is { } tag ? Sender(tag) : null, steps) { ReadsConnection = readsConnection };
    }

    private static string StepOf(LogOrigin origin) => origin switch
    {
        LogOrigin.SessionError or LogOrigin.SessionKilled => LogSteps.Error,
        LogOrigin.Accept => "accept",
        LogOrigin.Request => "request",
        LogOrigin.Connect => "connect",
        LogOrigin.Response => "response",
        LogOrigin.Close => "close",
        LogOrigin.TcpRequestConnection => "tcp-req-conn",
        LogOrigin.TcpRequestSession => "tcp-req-sess",
        LogOrigin.TcpRequestContent => "tcp-req-cont",
        LogOrigin.TcpResponseContent => "tcp-res-cont",
        LogOrigin.HttpRequest => "http-req",
        LogOrigin.HttpResponse => "http-res",
        LogOrigin.HttpAfterResponse => "http-after-res",
        _ => LogSteps.Any,
    };

    /// <summary>All targets made so far, each once: for their drop counters.</summary>
    public IReadOnlyCollection<LogTarget> Targets => _targets.Values;

    /// <summary>The longest "len" of the targets made so far: <see cref="LogProcess.MaximumLineBytes"/>.</summary>
    public int MaximumLineBytes { get; private set; } = 80;

    /// <summary>Where the process's own messages go: the global section's targets.</summary>
    public ProxyLogging BuildGlobal() => Common(null, _global.LogTargets);

    /// <summary>Where a proxy's messages go. Its formats are compiled later, when all that they can name is there.</summary>
    public ProxyLogging BuildTargets(ProxyConfig proxy) => Common(proxy.Logging.Tag, proxy.Logging.Targets);

    /// <param name="common">What <see cref="BuildTargets"/> has made.</param>
    /// <param name="context">With the proxy's names.</param>
    public ProxyLogging BuildFormats(ProxyConfig proxy, ProxyLogging common, CompileContext context)
    {
        LoggingConfig config = proxy.Logging;
        if (!proxy.HasFrontend) return common;
        bool hasProfiles = common.Targets.Any(static target => target.Profile is not null);
        context = context with { Place = FetchContexts.Log };

        LogFormat? format = config.Format switch
        {
            LogFormatKind.Tcp => BuiltIn(LogFormats.Tcp),
            LogFormatKind.TcpClf => BuiltIn(LogFormats.TcpClf),
            LogFormatKind.Http => BuiltIn(LogFormats.Http),
            LogFormatKind.HttpClf => BuiltIn(LogFormats.HttpClf),
            LogFormatKind.Custom => Compile(config.LogFormat, "log-format", context),
            LogFormatKind.Https => BuiltIn(LogFormats.Https),
            _ => null,
        };
        bool isHttp = proxy.Mode == ProxyMode.Http;
        bool isDefault = format is null || format.IsEmpty;
        bool isEarly = config.LogAsap || format?.AvailableFrom == AvailableFrom.Connect;
        LogFormat? structuredData = Compile(config.LogFormatSd, "log-format-sd", context);
        LogFormat? errorFormat = Compile(config.ErrorLogFormat, "error-log-format", context);
        return common with
        {
            ShowsTcpFacts = common.Targets.Any(static target => target.Profile is { ReadsConnection: true }) || ReadsConnection(format) || ReadsConnection(structuredData) || ReadsConnection(errorFormat),
            Format = !isDefault ? format : isHttp ? _defaultHttpFormat : _defaultFormat,
            ShowsLocalAddresses = isDefault || hasProfiles || config.Format == LogFormatKind.Custom || config.ErrorLogFormat is not null,
            UnixFormat = !isDefault ? null : isHttp ? _defaultHttpUnixFormat : _defaultUnixFormat,
            StructuredData = structuredData,
            ErrorFormat = errorFormat,
            Step = isDefault ? LogStep.Accept : !isEarly ? LogStep.Close : isHttp ? LogStep.Response : LogStep.Connect,
            Steps = StepsOf(config),
            IsDefault = isDefault,
            DontLogNull = config.DontLogNull,
            DontLogNormal = config.DontLogNormal,
            SeparatesErrors = config.SeparateErrors,
        };
    }

    private ProxyLogging Common(string? tag, ImmutableArray<LogTargetConfig> configs)
    {
        ImmutableArray<LogTarget>.Builder targets = ImmutableArray.CreateBuilder<LogTarget>(configs.Length);
        foreach (LogTargetConfig config in configs)
        {
            if (Target(config) is { } target) targets.Add(target);
        }

        return new ProxyLogging
        {
            Targets = targets.ToImmutable(),
            Sender = Sender(tag ?? _global.LogTag ?? _programName),
        };
    }

    /// <summary>A bit for each <see cref="LogStep"/>.</summary>
    private static int StepsOf(LoggingConfig config)
    {
        int steps = 0;
        foreach (string name in config.Steps)
        {
            LogStep step = name switch
            {
                "accept" => LogStep.Accept,
                "request" => LogStep.Request,
                "connect" => LogStep.Connect,
                "response" => LogStep.Response,
                "close" => LogStep.Close,
                _ => LogStep.Never,
            };
            // The others are made by rules, and "log-steps" does not change them.
            steps |= 1 << (int)step;
        }

        return steps;
    }

    private SyslogSender Sender(string tag)
    {
        if (!_senders.TryGetValue(tag, out SyslogSender? sender))
            _senders.Add(tag, sender = new SyslogSender(_sentHostname, tag, _processId));
        return sender;
    }

    private LogFormat BuiltIn(string text) =>
        LogFormatCompiler.Compile(text, LogVariableRows.All, _context, []) ?? throw new InvalidOperationException(text);

    /// <summary>"unique-id-format"; null without.</summary>
    public LogFormat? BuildUniqueId(ProxyConfig proxy, CompileContext context) =>
        Compile(proxy.Http.UniqueIdFormat, "unique-id", context with
        {
            Place = FetchContexts.FrontendHttpRequest,
            IgnoresBytes = proxy.Mode == ProxyMode.Http,
        });

    /// <summary>A format on a server line; null without one.</summary>
    public LogFormat? BuildServerFormat(Located<string>? text, string keyword, CompileContext context) => Compile(text, keyword, context);

    private static bool ReadsConnection(LogFormat? format) => format is { ReadsConnection: true };

    private LogFormat? Compile(Located<string>? text, string keyword, CompileContext context)
    {
        if (text is not { } located) return null;
        List<CompileFinding> findings = [];
        LogFormat? format = LogFormatCompiler.Compile(located.Value, LogVariableRows.All, context, findings);
        // Sections that inherit a format share its line.
        foreach (CompileFinding finding in findings.Where(item => _reported.Add((located.Origin, item.Message))))
        {
            string message = finding.Severity == Severity.Alert
                ? $"failed to parse {keyword} : {finding.Message}."
                : $"{keyword} : {finding.Message}.";
            _diagnostics.Report(DiagnosticCodes.BadLogging, finding.Severity, _diagnostics.Part(new Word(located.Value, located.Origin), finding.Offset, finding.Length), message, finding.Hint);
        }

        return format;
    }

    private LogTarget? Target(LogTargetConfig config)
    {
        if (_targets.TryGetValue(config, out LogTarget? known)) return known;
        if (config.Profile is { } wanted && FindProfile(wanted.Value) is null)
        {
            _diagnostics.Report(DiagnosticCodes.UnknownName, Severity.Alert, wanted.Origin,
                $"log : unknown log-profile section '{wanted.Value}'.", Config.Syntax.Suggestion.Hint(wanted.Value, _profiles.Keys));
        }

        SocketAddress destination = default;
        if (config.Address is { } address && !TryDestination(address, config.Origin, out destination)) return null;
        LogTarget target = new()
        {
            Name = config.Address?.Text ?? $"fd@{config.FileDescriptor}",
            Number = _targets.Count + 1,
            Destination = destination,
            FileDescriptor = config.FileDescriptor,
            Format = Header(config.Format),
            Facility = config.Facility,
            MaximumLevel = (SyslogLevel)config.MaxLevel,
            MinimumLevel = (SyslogLevel)config.MinLevel,
            MaximumLineBytes = config.MaxLength,
            Sample = config.Sample,
            Profile = config.Profile is { } profile ? FindProfile(profile.Value) : null,
        };
        MaximumLineBytes = Math.Max(MaximumLineBytes, config.MaxLength);
        _targets.Add(config, target);
        return target;
    }

    private static SyslogFormat Header(LogHeaderFormat format) => format switch
    {
        LogHeaderFormat.Local => SyslogFormat.Local,
        LogHeaderFormat.Rfc3164 => SyslogFormat.Rfc3164,
        LogHeaderFormat.Rfc5424 => SyslogFormat.Rfc5424,
        LogHeaderFormat.Priority => SyslogFormat.Priority,
        LogHeaderFormat.Short => SyslogFormat.Short,
        LogHeaderFormat.Timed => SyslogFormat.Timed,
        LogHeaderFormat.Iso => SyslogFormat.Iso,
        _ => SyslogFormat.Raw,
    };

    private bool TryDestination(AddressConfig address, Origin origin, out SocketAddress destination)
    {
        destination = default;
        string? problem = null;
        switch (address.Kind)
        {
            case AddressKind.Unix:
                if (!SocketAddresses.TryFromPath(address.Path!, out destination)) problem = "the path is too long";
                break;
            case AddressKind.Abstract:
            case AddressKind.AbstractExact:
                bool isPadded = address.Kind == AddressKind.Abstract;
                if (!SocketAddresses.TryFromAbstractName(address.Path!, isPadded, out destination)) problem = "the name is too long";
                break;
            default:
                IPAddress? ip = address.IPAddress ?? _resolve(address);
                Span<byte> bytes = stackalloc byte[16];
                if (ip is null || !ip.TryWriteBytes(bytes, out int length))
                {
                    problem = $"could not resolve address '{address.Host}'";
                    break;
                }

                ushort port = (ushort)address.PortLow;
                destination = SocketAddresses.From(length == 4
                    ? NetworkAddress.FromIPv4(bytes, port)
                    : NetworkAddress.FromIPv6(bytes, port));
                break;
        }

        if (problem is null) return true;
        _diagnostics.Report(DiagnosticCodes.BadLogging, Severity.Alert, origin, $"log : '{address.Text}' : {problem}.");
        return false;
    }
}

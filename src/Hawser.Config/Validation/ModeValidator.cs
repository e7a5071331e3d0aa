using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>What a proxy uses that belongs to http mode: without it in tcp mode, and perhaps not there yet in http mode.</summary>
internal sealed class ModeValidator
{
    private readonly DiagnosticBag _diagnostics;

    /// <summary>Lines of defaults sections that several proxies share are reported once.</summary>
    private readonly HashSet<Origin> _missing = [];

    public ModeValidator(DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
    }

    public void Check(ProxyConfig proxy, ProxyContext context)
    {
        if (context.Refusals.MayHave("mode")) return;
        if (proxy is { HasBackend: true, Balance.Algorithm: BalanceAlgorithm.LogHash })
        {
            Report(Severity.Warning, proxy.Balance.Origin,
                $"Unusable balance algorithm for {ProxyText.Describe(proxy)} (needs 'mode log'). Falling back to round robin.");
        }
        if (proxy.Mode == ProxyMode.Http) CheckHttp(context);
        else CheckTcp(proxy, context);
    }

    private void CheckHttp(ProxyContext context)
    {
        foreach (HttpOnlyUse use in context.HttpOnlyUses)
        {
            bool isMissing = !use.IsImplemented || use.Awaits is not null;
            if ((use.Sections & context.Section) == 0 || !isMissing || !_missing.Add(use.Origin)) continue;
            if (!use.IsImplemented)
            {
                _diagnostics.Report(DiagnosticCodes.NotImplemented, Severity.Alert, use.Origin,
                    $"'{use.Name}' is not implemented yet.");
            }
            else _diagnostics.Report(DiagnosticCodes.WithoutEffect, Severity.Notice, use.Origin, Awaited.Message(use.Name, use.Awaits!));
        }
    }

    private void CheckTcp(ProxyConfig proxy, ProxyContext context)
    {
        string owner = ProxyText.Describe(proxy);
        if (proxy.HasBackend && proxy.Balance.Algorithm is BalanceAlgorithm.Uri or BalanceAlgorithm.UrlParameter or BalanceAlgorithm.Header)
        {
            Report(Severity.Warning, proxy.Balance.Origin, NoHashing(proxy));
        }
        bool becomesHttp = BecomesHttp(proxy, context);
        CheckLogFormat(proxy, context, owner);
        HashSet<string> said = new(StringComparer.Ordinal);
        foreach (HttpOnlyUse use in context.HttpOnlyUses)
        {
            if ((use.Sections & context.Section) == 0) continue;
            if (use.Warning == HttpOnlyWarning.Rules && becomesHttp) continue;
            string statement = use.Warning == HttpOnlyWarning.Statement ? use.Name.Split(' ')[0] : use.Name;
            string message = use.Warning switch
            {
                HttpOnlyWarning.Setting => $"{use.Name} will be ignored for {owner} (needs 'mode http').",
                HttpOnlyWarning.Statement => $"'{statement}' statement ignored for {owner} as it requires HTTP mode.",
                HttpOnlyWarning.Rules => $"'{use.Name}' rules ignored for {owner} as they require HTTP mode.",
                HttpOnlyWarning.Option => $"'{use.Name}' ignored for {owner} as it requires HTTP mode.",
                _ => $"'{use.Name}' has no effect in {owner} (needs 'mode http').",
            };
            Severity severity = use.Warning == HttpOnlyWarning.Silent ? Severity.Notice : Severity.Warning;
            if (said.Add(message)) Report(severity, use.Origin, message);
        }
    }

    public static string NoHashing(ProxyConfig proxy) =>
        $"Layer 7 hash not possible for {ProxyText.Describe(proxy)} (needs 'mode http'). Falling back to round robin.";

    /// <summary>A rule or an http backend turns connections of this tcp proxy into http ones: its rules are not lost.</summary>
    private static bool BecomesHttp(ProxyConfig proxy, ProxyContext context)
    {
        if (!proxy.HasFrontend) return false;
        if (proxy.DefaultBackend is { } target && IsHttp(context, target.Value)) return true;
        return proxy.Rules.Any(rule => rule.Set switch
        {
            RuleSetKind.TcpRequestContent => rule.Words is [{ Text: "switch-mode" }, ..],
            RuleSetKind.UseBackend => rule.Words is [var name, ..] && IsHttp(context, name.Text),
            _ => false,
        });
    }

    private static bool IsHttp(ProxyContext context, string backend) =>
        context.Proxies.FindBackend(backend)?.Proxy.Mode == ProxyMode.Http;

    private void CheckLogFormat(ProxyConfig proxy, ProxyContext context, string owner)
    {
        string? name = proxy.Logging.Format switch
        {
            LogFormatKind.Http => "option httplog",
            LogFormatKind.HttpClf => "option httplog clf",
            LogFormatKind.Https => "option httpslog",
            _ => null,
        };
        if (name is null || !proxy.HasFrontend) return;
        string instead = SessionFormat(proxy.Logging.Format) == LogFormatKind.TcpClf ? "option tcplog clf" : "option tcplog";
        Report(Severity.Warning, context.LogFormatOrigin,
            $"'{name}' not usable with {owner} (needs 'mode http'). Falling back to '{instead}'.");
    }

    /// <summary>What takes the place of an algorithm that the proxy's mode does not have.</summary>
    public static BalanceAlgorithm UsableAlgorithm(ProxyConfig proxy) => (proxy.Mode, proxy.Balance.Algorithm) switch
    {
        (not ProxyMode.Log, BalanceAlgorithm.LogHash)
            or (not ProxyMode.Http, BalanceAlgorithm.Uri or BalanceAlgorithm.UrlParameter or BalanceAlgorithm.Header) =>
            BalanceAlgorithm.RoundRobin,
        _ => proxy.Balance.Algorithm,
    };

    /// <summary>What takes the place of a format of requests in a proxy that has none.</summary>
    public static LogFormatKind SessionFormat(LogFormatKind kind) => kind switch
    {
        LogFormatKind.Http or LogFormatKind.Https => LogFormatKind.Tcp,
        LogFormatKind.HttpClf => LogFormatKind.TcpClf,
        _ => kind,
    };

    private void Report(Severity severity, Origin origin, string message) =>
        _diagnostics.ReportWhole(DiagnosticCodes.NeedsHttpMode, severity, origin, message);
}

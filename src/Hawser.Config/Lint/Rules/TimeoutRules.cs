using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Rules;

/// <summary>Timeouts of the session as a whole: client, server, tunnel.</summary>
internal static class TimeoutRules
{
    /// <summary>Below this a number without unit was probably meant as seconds.</summary>
    private const int SuspiciousMs = 1000;

    /// <summary>For waits inside the data centre, which can be short.</summary>
    private const int SuspiciousShortMs = 100;

    /// <summary>Linux sends the first keep-alive probe after this time (tcp_keepalive_time).</summary>
    private const int KernelKeepAliveMs = 7_200_000;

    private const int LongTunnelMs = 60_000;

    /// <summary>Two buffers of tune.bufsize.</summary>
    private const int SessionBytes = 2 * 16_384;

    public static IEnumerable<LintRule> Rows =>
    [
        new("HL101", "unequal-tcp-timeouts", Severity.Warning,
            "In mode tcp, 'timeout client' and 'timeout server' differ and there is no 'timeout tunnel'. When the "
            + "shorter one fires, the proxy closes towards the other side only and stops reading; the silent side's "
            + "connection stays established. What it then sends is acknowledged by the kernel and destroyed.",
            "|timeout client - timeout server| seconds in which data is acknowledged and destroyed, without an error at the sender",
            "make both equal, or set 'timeout tunnel' (Hawser also: 'on-timeout reset' or 'on-timeout drain <time>')",
            FindUnequal),
        new("HL102", "missing-timeout", Severity.Warning,
            "Without 'timeout client', 'timeout server' or 'timeout connect', or with 0, nothing ends a session whose "
            + "peer has vanished without a FIN: a pulled cable, a crashed host, a state lost in a firewall.",
            "such a session stays for ever and holds its slot of maxconn and up to 32,768 bytes of buffers",
            "set all of 'timeout client', 'timeout connect' and 'timeout server' above zero",
            FindMissing),
        new("HL103", "time-looks-like-seconds", Severity.Warning,
            "A time without unit counts milliseconds (manual, 2.5). This number is so small that seconds were probably meant.",
            "the timer fires 1000 times sooner than meant",
            "write the unit: 's' or 'ms'",
            static configuration => FindUnitless(configuration, isSuspicious: true)),
        new("HL104", "time-without-unit", Severity.Notice,
            "A time without unit counts milliseconds (manual, 2.5). Readers take it for seconds, and the next edit makes it so.",
            "a factor of 1000 between what is meant and what is written",
            "write the unit",
            static configuration => FindUnitless(configuration, isSuspicious: false)),
        new("HL107", "long-half-closed", Severity.Warning,
            "A long 'timeout tunnel' also applies to a connection that is closed in one direction, unless 'timeout "
            + "client-fin' and 'timeout server-fin' are set: peers that vanish after their FIN stay for the whole tunnel timeout.",
            "each connection that was not closed cleanly holds its slot for 'timeout tunnel'",
            "set 'timeout client-fin' and 'timeout server-fin' to about 30s",
            FindLongHalfClosed),
        new("HL113", "long-timeout-without-keepalive", Severity.Warning,
            "A client that vanishes is found out by 'timeout client' or 'timeout tunnel' only; above two hours the "
            + "kernel's keep-alive ('option clitcpka') would be quicker, and it is not on.",
            "a dead client holds its slot and up to 32,768 bytes for the whole timeout",
            "add 'option clitcpka', with 'clitcpka-idle' where two hours are too long",
            FindLongWithoutKeepAlive),
        new("HL116", "old-process-lingers", Severity.Notice,
            "After a reload the old process stays until its last session has ended. With a long 'timeout tunnel' and "
            + "no 'hard-stop-after' that takes as long as the longest session.",
            "after each reload one more process with its memory and connections to the servers, for hours",
            "set 'hard-stop-after' in the global section",
            FindLingering),
    ];

    private static IEnumerable<LintHit> FindUnequal(ConfigurationView configuration)
    {
        foreach ((ProxyView front, ProxyView back) in configuration.Routes)
        {
            if (!front.IsTcp || !back.IsTcp || back.FiniteTimeout("tunnel") is not null) continue;
            if (EndsBothSides(front) || EndsBothSides(back)) continue;
            if (front.FiniteTimeout("client") is not { } client || back.FiniteTimeout("server") is not { } server) continue;
            int window = Math.Abs(client.Milliseconds - server.Milliseconds);
            if (window == 0) continue;
            bool isServer = server.Milliseconds < client.Milliseconds;
            (TimeoutView sooner, TimeoutView later) = isServer ? (server, client) : (client, server);
            string silent = isServer ? "server" : "client";
            string other = isServer ? "client" : "server";
            string where = front == back ? front.Title : $"{front.Title} with {back.Title}";
            yield return new LintHit(sooner.At,
                $"'timeout {silent}' ({Quantity.Time(sooner.Milliseconds)}) differs from 'timeout {other}' "
                + $"({Quantity.Time(later.Milliseconds)}, line {later.At.Line}) in {where}",
                $"window of {Quantity.Time(window)} in which data of the {silent} is acknowledged and destroyed",
                $"make both equal, or set 'timeout tunnel' in {back.Title}");
        }
    }

    /// <summary>Our own keyword: the timer reaches both sides.</summary>
    private static bool EndsBothSides(ProxyView proxy) =>
        proxy.Setting("on-timeout") is { } line && line.Text(1) is "reset" or "drain";

    private static IEnumerable<LintHit> FindMissing(ConfigurationView configuration)
    {
        foreach (ProxyView proxy in configuration.Proxies)
        {
            bool needsServerSide = proxy.HasBackend && !proxy.Servers.IsEmpty;
            string[] wanted =
            [
                .. proxy.HasFrontend ? (string[])["client"] : [],
                .. needsServerSide && proxy.Mode is "tcp" or "http" ? (string[])["connect", "server"] : [],
            ];
            string[] missing = [.. wanted.Where(name => proxy.FiniteTimeout(name) is null)];
            if (missing.Length == 0 || !proxy.IsComplete || proxy.Mode is not ("tcp" or "http")) continue;
            TimeoutView? zero = missing.Select(proxy.Timeout).FirstOrDefault(static timeout => timeout is not null);
            yield return new LintHit(zero?.At ?? proxy.Name.Origin,
                $"{proxy.Title} has no 'timeout {string.Join("', no 'timeout ", missing)}'",
                $"a session whose peer vanished stays for ever and holds up to {Quantity.Bytes(SessionBytes)} of buffers");
        }
    }

    private static IEnumerable<LintHit> FindUnitless(ConfigurationView configuration, bool isSuspicious)
    {
        foreach (Statement line in configuration.Sections.SelectMany(static section => section.Lines))
        {
            bool isTimeout = line.Is("timeout") && line.Count > 2;
            bool isOld = line.Text(0) is "contimeout" or "clitimeout" or "srvtimeout" && line.Count > 1;
            if (!isTimeout && !isOld) continue;
            Word value = line[isTimeout ? 2 : 1];
            if (!int.TryParse(value.Text, out int number) || number == 0) continue;
            bool mayBeShort = line.Is("contimeout") || line.Text(1) is "connect" or "check" or "queue";
            bool isShort = number < (mayBeShort ? SuspiciousShortMs : SuspiciousMs);
            if (isShort != isSuspicious) continue;
            string name = isTimeout ? $"timeout {line.Text(1)}" : line.Text(0);
            string advice = isSuspicious
                ? $"write '{value.Text}s', or '{value.Text}ms' if that is meant"
                : $"write '{Written(number)}'";
            yield return new LintHit(value.Origin, $"'{name} {value.Text}' has no unit: it is {Quantity.Time(number)}",
                isSuspicious ? $"the timer fires after {Quantity.Time(number)} instead of {Quantity.Time(number * 1000L)}" : null,
                advice);
        }
    }

    private static string Written(int milliseconds) =>
        milliseconds % 1000 == 0 ? $"{milliseconds / 1000}s" : $"{milliseconds}ms";

    private static IEnumerable<LintHit> FindLongHalfClosed(ConfigurationView configuration)
    {
        foreach ((ProxyView front, ProxyView back) in configuration.Routes)
        {
            if (back.FiniteTimeout("tunnel") is not { } tunnel || tunnel.Milliseconds < LongTunnelMs) continue;
            bool hasClient = front.FiniteTimeout("client-fin") is not null;
            bool hasServer = back.FiniteTimeout("server-fin") is not null;
            if (hasClient && hasServer) continue;
            string missing = (hasClient, hasServer) switch
            {
                (true, _) => "'timeout server-fin'",
                (_, true) => "'timeout client-fin'",
                _ => "'timeout client-fin' and 'timeout server-fin'",
            };
            yield return new LintHit(tunnel.At,
                $"'timeout tunnel' is {Quantity.Time(tunnel.Milliseconds)} and {missing} not set in {front.Title}",
                $"a half-closed connection stays for {Quantity.Time(tunnel.Milliseconds)}",
                $"set {missing}, to about 30s");
        }
    }

    private static IEnumerable<LintHit> FindLongWithoutKeepAlive(ConfigurationView configuration)
    {
        foreach ((ProxyView front, ProxyView back) in configuration.Routes)
        {
            if (front.HasOption("clitcpka") || front.HasOption("tcpka")) continue;
            TimeoutView? longest = back.FiniteTimeout("tunnel") ?? front.FiniteTimeout("client");
            if (longest is not { Milliseconds: > KernelKeepAliveMs } timeout) continue;
            yield return new LintHit(timeout.At,
                $"'{timeout.Statement.Text(0)} {timeout.Statement.Text(1)}' is {Quantity.Time(timeout.Milliseconds)} and "
                + $"{front.Title} has no 'option clitcpka'",
                $"a client that vanished holds its slot and up to {Quantity.Bytes(SessionBytes)} for "
                + Quantity.Time(timeout.Milliseconds));
        }
    }

    private static IEnumerable<LintHit> FindLingering(ConfigurationView configuration)
    {
        if (configuration.GlobalSetting("hard-stop-after") is not null) yield break;
        TimeoutView? longest = null;
        foreach (ProxyView proxy in configuration.Backends)
        {
            if (proxy.FiniteTimeout("tunnel") is { } tunnel && tunnel.Milliseconds > (longest?.Milliseconds ?? 0))
                longest = tunnel;
        }
        if (longest is not { Milliseconds: >= 3_600_000 } timeout) yield break;
        yield return new LintHit(timeout.At,
            $"'timeout tunnel' is {Quantity.Time(timeout.Milliseconds)} and 'hard-stop-after' is not set",
            $"after a reload the old process may stay for {Quantity.Time(timeout.Milliseconds)} of silence, or as long as its sessions talk");
    }
}

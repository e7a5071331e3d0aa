using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Keywords;
using Hawser.Config.Lint.Views;
using Hawser.Config.Syntax;

namespace Hawser.Config.Printing;

/// <summary>
/// What applies to one proxy: inherited lines that mean something here, its own lines, and of settings that a later
/// line overwrites only the last.
/// </summary>
internal static class EffectiveProxy
{
    private const string From = "from";
    private const string Bind = "bind";
    private const string Log = "log";
    private const string DefaultServer = "default-server";

    /// <summary>Words of a server line before its options: keyword, name, address; one more for a template.</summary>
    private static readonly FrozenDictionary<string, int> ServerHeads =
        new Dictionary<string, int> { ["server"] = 3, ["server-template"] = 4 }.ToFrozenDictionary();

    /// <summary>
    /// Keywords whose last line counts, beside timeouts and options. What is not here is printed as often as it was
    /// written, which is right for rules and harmless for the rest.
    /// </summary>
    private static readonly FrozenSet<string> LastLineCounts = FrozenSet.Create(
        "mode", "balance", "hash-type", "hash-balance-factor", "maxconn", "backlog", "fullconn", "retries",
        "default_backend", "cookie", "source", "rate-limit sessions", "log-format", "log-format-sd", "log-tag",
        "error-log-format", "unique-id-format", "unique-id-header", "monitor-uri", "dispatch", "grace",
        "load-server-state-from-file", "server-state-file-name", "http-reuse", "on-timeout", "id", "description", "clitcpka-cnt",
        "clitcpka-idle", "clitcpka-intvl", "srvtcpka-cnt", "srvtcpka-idle", "srvtcpka-intvl", "max-keep-alive-queue",
        "max-session-srv-conns", "retry-on", "http-send-name-header", "capture cookie");

    /// <summary>The steps of a check: a proxy that has one of its own inherits none (observed of HAProxy 2.6 and 3.5).</summary>
    private static readonly Func<Statement, bool>[] CheckRules =
    [
        static line => line.Is("http-check") && line.Text(1) is not ("disable-on-404" or "send-state"),
        static line => line.Is("tcp-check"),
    ];

    /// <summary>Options about checks build on what stands before them, so that all of them stay.</summary>
    private static readonly string[] CheckOptions = ["check", "chk"];

    /// <param name="joinsServers">False keeps default-server lines: some line of the configuration names them.</param>
    public static IEnumerable<EffectiveLine> Lines(ProxyView proxy, ImmutableArray<Word> header, bool joinsServers)
    {
        List<Statement> lines = [.. InEffect(proxy)];
        bool joins = joinsServers && CanJoinServers(lines);
        List<EffectiveLine> result = [.. LegacyAddress(header)];
        List<string> serverDefaults = [];
        foreach (Statement line in lines)
        {
            EffectiveLine printed = Modern(line);
            if (joins && line.Is(DefaultServer)) serverDefaults.AddRange(printed.Words.Skip(1));
            else if (joins && ServerHeads.TryGetValue(line.Text(0), out int head))
            {
                result.Add(printed with
                {
                    Words = [.. printed.Words.Take(head), .. serverDefaults, .. printed.Words.Skip(head)],
                });
            }
            else result.Add(printed);
        }
        return result;
    }

    private static IEnumerable<Statement> InEffect(ProxyView proxy)
    {
        SectionSet section = proxy.Keyword switch
        {
            "frontend" => SectionSet.Frontend,
            "backend" => SectionSet.Backend,
            _ => SectionSet.Listen,
        };
        List<Statement> lines = [];
        bool[] hasOwnRules = [.. CheckRules.Select(isRule => proxy.Own.Any(isRule))];
        int inherited = proxy.All.Length - proxy.Own.Length;
        Dictionary<string, Statement> latest = new(StringComparer.Ordinal);
        for (int index = 0; index < proxy.All.Length; index++)
        {
            Statement line = proxy.All[index];
            int rules = Array.FindIndex(CheckRules, isRule => isRule(line));
            if (rules >= 0 && hasOwnRules[rules] && index < inherited) continue;
            if (ServerReader.IsNamed(line) && index < inherited) continue;
            KeywordRow<ProxyContext>? row = ProxyKeywordTable.Table.Find([.. line.Words], 0, out _);
            if (row is not null && (row.Sections & section) == 0) continue;
            if (row is { IsIgnoredInDefaults: true } && index < inherited) continue;
            // "no log" takes back the targets before it, and nothing after it.
            if (line.IsNegated && line.Is(Log))
            {
                lines.RemoveAll(static other => other.Is(Log));
                continue;
            }
            if (KeyOf(line, row) is { } key)
            {
                if (latest.TryGetValue(key, out Statement? earlier)) lines.Remove(earlier);
                latest[key] = line;
            }
            lines.Add(line);
        }
        return lines;
    }

    /// <summary>What a later line of the same key replaces; null when lines add up.</summary>
    private static string? KeyOf(Statement line, KeywordRow<ProxyContext>? row)
    {
        string name = row?.Modern is { } modern && row.Status == KeywordStatus.Implemented
            ? modern
            : row?.Name ?? line.Text(0);
        if (name is "disabled" or "enabled") return "disabled";
        if (CheckOptions.Any(name.EndsWith)) return null;
        bool isSingle = name.StartsWith("timeout ", StringComparison.Ordinal)
            || name.StartsWith("option ", StringComparison.Ordinal) || LastLineCounts.Contains(name);
        return isSingle ? name : null;
    }

    /// <summary>Spellings of older releases that only the name of changed.</summary>
    private static EffectiveLine Modern(Statement line)
    {
        EffectiveLine printed = EffectiveLine.Of(line);
        KeywordRow<ProxyContext>? row = ProxyKeywordTable.Table.Find([.. line.Words], 0, out int length);
        if (row is not { Modern: { } modern, Status: KeywordStatus.Implemented }) return printed;
        int prefix = line.IsNegated ? 1 : 0;
        return printed with
        {
            Words = [.. printed.Words.Take(prefix), .. modern.Split(' '), .. printed.Words.Skip(prefix + length)],
        };
    }

    /// <summary><c>listen name address:port</c>, the way of 1.3, as a line of its own.</summary>
    private static IEnumerable<EffectiveLine> LegacyAddress(ImmutableArray<Word> header)
    {
        int next = header.Length > 2 && header[2].Text == From ? 4 : 2;
        if (next < header.Length && header[0].Text is "listen" or "frontend")
            yield return new EffectiveLine([Bind, .. header.Skip(next).Select(static word => word.Text)], header[next].Origin);
    }

    /// <summary>A line has room for so many words; where that is not enough default-server stays.</summary>
    private static bool CanJoinServers(List<Statement> lines)
    {
        int defaults = lines.Where(static line => line.Is(DefaultServer)).Sum(static line => line.Count - 1);
        return lines.Where(static line => ServerHeads.ContainsKey(line.Text(0)))
            .All(line => line.Count + defaults <= Lexer.MaxWords);
    }
}

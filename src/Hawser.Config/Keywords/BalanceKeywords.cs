using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary><c>balance</c> and <c>hash-type</c>.</summary>
internal static class BalanceKeywords
{
    private const string Random = "random";

    private static readonly Dictionary<string, BalanceAlgorithm> Plain = new(StringComparer.Ordinal)
    {
        ["roundrobin"] = BalanceAlgorithm.RoundRobin,
        ["static-rr"] = BalanceAlgorithm.StaticRoundRobin,
        ["leastconn"] = BalanceAlgorithm.LeastConnections,
        ["first"] = BalanceAlgorithm.First,
        ["source"] = BalanceAlgorithm.Source,
        [Random] = BalanceAlgorithm.Random,
    };

    /// <summary>Those with arguments.</summary>
    private static readonly string[] Others = ["uri", "url_param", "hdr(name)", "rdp-cookie(name)", "hash", "log-hash", "sticky"];

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        ProxyRows.Row("balance", "<algorithm> [<arguments>]", ProxyRows.DefaultsAndBack, ParseBalance,
            "how a server is chosen"),
        ProxyRows.Row("hash-type", "<method> <function> <modifier>", ProxyRows.DefaultsAndBack, ParseHashType,
            "how a hash is mapped to a server"),
        ProxyRows.Row("hash-balance-factor", "<factor>", ProxyRows.DefaultsAndBack, ParseBalanceFactor,
            "bound of a server's load over the average with consistent hashing"),
    ];

    private static void ParseBalance(LineCursor line, ProxyContext context)
    {
        if (!line.TryTake(out Word word))
        {
            context.Proxy = context.Proxy with { Balance = new BalanceConfig { Origin = line.KeywordOrigin } };
            return;
        }
        string name = word.Text;
        int open = name.IndexOf('(', StringComparison.Ordinal);
        if (open > 0) name = name[..open];
        BalanceConfig balance = new() { Origin = line.KeywordOrigin };

        if (name == Random)
        {
            if (!TryDraws(line, word, out int draws)) return;
            balance = balance with { Algorithm = BalanceAlgorithm.Random, RandomDraws = draws };
        }
        else if (open < 0 && Plain.TryGetValue(name, out BalanceAlgorithm algorithm))
            balance = balance with { Algorithm = algorithm };
        else if (BalanceArguments.IsKnown(name, open > 0))
        {
            if (BalanceArguments.Read(line, word, name, balance) is not { } read) return;
            balance = read;
        }
        else
        {
            line.Reject(DiagnosticCodes.BadChoice, word.Origin,
                $"balance only supports '{string.Join("', '", Plain.Keys)}', '{string.Join("', '", Others)}' options.",
                Suggestion.Hint(name, [.. Plain.Keys, .. Others]));
            line.SkipRest();
            return;
        }
        // HAProxy takes further words after an algorithm without arguments and ignores them.
        if (line.HasMore)
        {
            line.Note(DiagnosticCodes.WithoutEffect, line.Peek.Origin,
                $"'balance {name}' takes no argument: '{line.Peek.Text}' has no effect.");
            line.SkipRest();
        }
        context.Proxy = context.Proxy with { Balance = balance };
    }

    private static bool TryDraws(LineCursor line, Word word, out int draws)
    {
        draws = new BalanceConfig().RandomDraws;
        ReadOnlySpan<char> argument = word.Text.AsSpan(Random.Length);
        if (argument.IsEmpty || argument is "()") return true;
        if (argument[^1] != ')')
        {
            line.Reject(DiagnosticCodes.BadChoice, word.Origin, "balance random : missing closing parenthesis.");
            return false;
        }
        if (!int.TryParse(argument[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out draws))
        {
            line.Reject(DiagnosticCodes.BadNumber, word.Origin,
                $"balance random : unexpected character in '{argument[1..^1]}'.");
            return false;
        }
        if (draws > 0) return true;
        line.Reject(DiagnosticCodes.OutOfRange, word.Origin, "balance random : number of draws must be at least 1.");
        return false;
    }

    private static void ParseHashType(LineCursor line, ProxyContext context)
    {
        if (line.HasMore && line.Peek.Text == "avalanche")
        {
            line.Reject(DiagnosticCodes.Removed, line.Peek.Origin,
                "experimental feature 'hash-type avalanche' is not supported anymore, " +
                "please use 'hash-type map-based sdbm avalanche' instead.");
            line.SkipRest();
            return;
        }
        if (!line.TryChoice(["map-based", "consistent"], out int method)) return;
        HashTypeConfig hash = context.Proxy.HashType with
        {
            Method = (HashMethod)method, Function = HashFunction.Sdbm, IsAvalanche = method == 1,
        };
        if (line.HasMore)
        {
            if (!line.TryChoice(["sdbm", "djb2", "wt6", "crc32", "none"], out int function)) return;
            // With a function written out, the avalanche is only there when it is written too.
            hash = hash with { Function = (HashFunction)function, IsAvalanche = false };
        }
        if (line.HasMore)
        {
            if (!line.TryChoice(["avalanche"], out _)) return;
            hash = hash with { IsAvalanche = true };
        }
        context.Proxy = context.Proxy with { HashType = hash };
    }

    private static void ParseBalanceFactor(LineCursor line, ProxyContext context)
    {
        const int Percent = 100;
        if (!line.TryInteger(0, ushort.MaxValue, out int factor)) return;
        if (factor is > 0 and <= Percent)
        {
            line.RejectKeyword(DiagnosticCodes.OutOfRange, "must be 0 or greater than 100.");
            return;
        }
        context.Proxy = context.Proxy with
        {
            HashType = context.Proxy.HashType with { BalanceFactorPercent = factor },
        };
    }
}

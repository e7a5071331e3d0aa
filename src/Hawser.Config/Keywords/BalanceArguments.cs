using System;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Algorithms of <c>balance</c> that take arguments.</summary>
internal static class BalanceArguments
{
    private const string DefaultRdpCookie = "mstshash";

    /// <param name="hasParenthesis">The word goes on with an argument in parentheses.</param>
    public static bool IsKnown(string name, bool hasParenthesis) => name switch
    {
        "hdr" => hasParenthesis,
        "rdp-cookie" => true,
        "uri" or "url_param" or "hash" or "log-hash" or "sticky" => !hasParenthesis,
        _ => false,
    };

    /// <summary>Null after a report.</summary>
    /// <param name="word">The algorithm as written, <paramref name="name"/> without parentheses.</param>
    public static BalanceConfig? Read(LineCursor line, Word word, string name, BalanceConfig balance) => name switch
    {
        "uri" => ReadUri(line, balance with { Algorithm = BalanceAlgorithm.Uri }),
        "url_param" => ReadParameter(line, word, balance with { Algorithm = BalanceAlgorithm.UrlParameter }),
        "hdr" => ReadHeader(line, word, balance with { Algorithm = BalanceAlgorithm.Header }),
        "rdp-cookie" => ReadRdpCookie(line, word, balance with { Algorithm = BalanceAlgorithm.RdpCookie }),
        "hash" => ReadHash(line, word, balance with { Algorithm = BalanceAlgorithm.Hash }),
        "log-hash" => ReadLogHash(line, word, balance with { Algorithm = BalanceAlgorithm.LogHash }),
        _ => balance with { Algorithm = BalanceAlgorithm.Sticky },
    };

    private static BalanceConfig? ReadUri(LineCursor line, BalanceConfig balance)
    {
        while (line.TryTake(out Word option))
        {
            switch (option.Text)
            {
                case "whole":
                    balance = balance with { UriWhole = true };
                    break;
                case "path-only":
                    balance = balance with { UriPathOnly = true };
                    break;
                case "len" or "depth":
                    if (!TryPositive(line, option, out int value)) return null;
                    balance = option.Text == "len" ? balance with { UriLength = value } : balance with { UriDepth = value };
                    break;
                default:
                    return Fail(line, DiagnosticCodes.BadChoice, option,
                        $"balance uri only accepts parameters 'len', 'depth', 'path-only', and 'whole' (got '{option.Text}').");
            }
        }
        return balance;
    }

    private static bool TryPositive(LineCursor line, Word option, out int value)
    {
        bool hasWord = line.TryTake(out Word word);
        bool isGood = NumberText.TryParse(word.Text ?? "", out long number) && number is > 0 and <= int.MaxValue;
        value = isGood ? (int)number : 0;
        if (isGood) return true;
        Fail(line, hasWord ? DiagnosticCodes.BadNumber : DiagnosticCodes.MissingArgument, hasWord ? word : option,
            $"balance uri : '{option.Text}' expects a positive integer (got '{word.Text}').");
        return false;
    }

    private static BalanceConfig? ReadParameter(LineCursor line, Word word, BalanceConfig balance)
    {
        if (!line.TryTake(out Word name))
            return Fail(line, DiagnosticCodes.MissingArgument, word, "balance url_param requires an URL parameter name.");
        balance = balance with { Name = name.Text };
        if (!line.TryTake(out Word option)) return balance;
        if (option.Text != "check_post")
        {
            return Fail(line, DiagnosticCodes.BadChoice, option,
                $"balance url_param only accepts 'check_post' modifier (got '{option.Text}').");
        }
        // Up to 1.8 the number of bytes to wait for stood here; today it is dropped.
        line.SkipRest();
        return balance with { ChecksPost = true };
    }

    private static BalanceConfig? ReadHeader(LineCursor line, Word word, BalanceConfig balance)
    {
        string name = Inside(word.Text);
        if (name.Length == 0 || NameText.FirstForbidden(name) is not null)
            return Fail(line, DiagnosticCodes.MissingArgument, word, "balance hdr requires an http header field name.");
        balance = balance with { Name = name };
        if (!line.TryTake(out Word option)) return balance;
        if (option.Text == "use_domain_only") return balance with { UsesDomainOnly = true };
        return Fail(line, DiagnosticCodes.BadChoice, option,
            $"balance {word.Text} only accepts 'use_domain_only' modifier (got '{option.Text}').");
    }

    private static BalanceConfig? ReadRdpCookie(LineCursor line, Word word, BalanceConfig balance)
    {
        if (!word.Text.Contains('(', StringComparison.Ordinal)) return balance with { Name = DefaultRdpCookie };
        string name = Inside(word.Text);
        return name.Length > 0
            ? balance with { Name = name }
            : Fail(line, DiagnosticCodes.MissingArgument, word, "balance rdp-cookie : missing cookie name.");
    }

    private static BalanceConfig? ReadHash(LineCursor line, Word word, BalanceConfig balance)
    {
        if (!line.TryTake(out Word expression))
            return Fail(line, DiagnosticCodes.MissingArgument, word, "balance hash requires a sample expression.");
        if (line.HasMore)
        {
            return Fail(line, DiagnosticCodes.UnexpectedArgument, line.Peek,
                $"balance hash takes no other argument (got '{line.Peek.Text}').");
        }
        return balance with { Expression = new Located<string>(expression.Text, expression.Origin) };
    }

    private static BalanceConfig? ReadLogHash(LineCursor line, Word word, BalanceConfig balance)
    {
        if (!line.TryTake(out Word converters))
            return Fail(line, DiagnosticCodes.MissingArgument, word, "balance log-hash requires a converter list.");
        return balance with { Expression = new Located<string>(converters.Text, converters.Origin) };
    }

    /// <summary>What stands in parentheses; empty when they are not closed.</summary>
    private static string Inside(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        return text.EndsWith(')') ? text[(open + 1)..^1] : "";
    }

    private static BalanceConfig? Fail(LineCursor line, string code, Word at, string message)
    {
        line.Reject(code, at.Origin, message);
        line.SkipRest();
        return null;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Persistence by cookies.</summary>
internal static class CookieKeywords
{
    private static readonly string[] PreserveModes = ["always", "maxconn", "maxqueue"];

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        ProxyRows.Http("cookie",
            "<name> [ rewrite | insert | prefix | indirect | nocache | postonly | preserve | httponly | secure "
            + "| domain <domain> | maxidle <idle> | maxlife <life> | dynamic | attr <value> ]*",
            ProxyRows.DefaultsAndBack, HttpOnlyWarning.Setting, null, ParseCookie, "cookie that keeps clients with their servers"),
        ProxyRows.Http("dynamic-cookie-key", "<secret> ...", ProxyRows.DefaultsAndBack, HttpOnlyWarning.Silent, null,
            static (line, context) =>
            {
                if (line.TryTake(out Word key)) ProxyRows.SetHttp(context, context.Proxy.Http with { DynamicCookieKey = key.Text });
            },
            "what the values of dynamic cookies are made with"),
        ProxyRows.Http("hash-preserve-affinity", $"{{ {string.Join(" | ", PreserveModes)} }}", ProxyRows.DefaultsAndBack,
            HttpOnlyWarning.Silent, null, static (line, context) =>
            {
                if (line.TryChoice(PreserveModes, out int choice))
                {
                    context.Proxy = context.Proxy with
                    {
                        HashType = context.Proxy.HashType with { PreserveAffinity = (HashAffinity)choice },
                    };
                }
            },
            "when a hashed session stays with a server that is full"),
    ];

    private static void ParseCookie(LineCursor line, ProxyContext context)
    {
        if (!line.TryTake(out Word name)) return;
        CookieConfig cookie = new() { Name = name.Text, Origin = line.KeywordOrigin };
        int modes = 0;
        while (line.TryTake(out Word option))
        {
            switch (option.Text)
            {
                case "rewrite" or "insert" or "prefix":
                    CookieMode mode = option.Text == "rewrite" ? CookieMode.Rewrite
                        : option.Text == "insert" ? CookieMode.Insert : CookieMode.Prefix;
                    if (cookie.Mode != mode) modes++;
                    cookie = cookie with { Mode = mode };
                    break;
                case "indirect":
                    cookie = cookie with { IsIndirect = true };
                    break;
                case "nocache":
                    cookie = cookie with { NoCache = true };
                    break;
                case "postonly":
                    cookie = cookie with { PostOnly = true };
                    break;
                case "preserve":
                    cookie = cookie with { Preserve = true };
                    break;
                case "httponly":
                    cookie = cookie with { HttpOnly = true };
                    break;
                case "secure":
                    cookie = cookie with { Secure = true };
                    break;
                case "dynamic":
                    cookie = cookie with { IsDynamic = true };
                    break;
                case "domain":
                    if (!TryDomain(line, out string domain)) return;
                    cookie = cookie with { Domains = cookie.Domains.Add(domain) };
                    break;
                case "attr":
                    if (!TryAttribute(line, out string attribute)) return;
                    cookie = cookie with { Attributes = cookie.Attributes.Add(attribute) };
                    break;
                default:
                    if (!SecondsText.TryTake(line, option.Text, out int seconds)) return;
                    cookie = option.Text == "maxidle" ? cookie with { MaxIdleSeconds = seconds } : cookie with { MaxLifeSeconds = seconds };
                    break;
            }
        }
        if (IsConsistent(line, cookie, modes)) ProxyRows.SetHttp(context, context.Proxy.Http with { Cookie = cookie });
    }

    private static bool IsConsistent(LineCursor line, CookieConfig cookie, int modes)
    {
        string? wrong = (modes > 1, cookie) switch
        {
            (true, _) => "cookie 'rewrite', 'insert' and 'prefix' modes are incompatible.",
            (_, { Mode: CookieMode.Rewrite, IsIndirect: true }) => "cookie 'rewrite' and 'indirect' modes are incompatible.",
            (_, { Preserve: true, IsIndirect: false, Mode: not CookieMode.Insert }) =>
                "cookie 'preserve' requires at least 'insert' or 'indirect'.",
            _ => null,
        };
        if (wrong is null) return true;
        line.Reject(DiagnosticCodes.Conflict, line.KeywordOrigin, wrong);
        return false;
    }

    private static bool TryDomain(LineCursor line, out string domain)
    {
        line.TryTake(out Word word);
        domain = word.Text;
        if (!domain.Contains('.', StringComparison.Ordinal))
        {
            line.Warn(DiagnosticCodes.BadName, word.Origin,
                $"domain '{domain}' contains no embedded dot, this configuration may not work properly (see RFC6265#5.2.3).");
        }
        if (NameText.FirstForbidden(domain) is not { } bad) return true;
        line.Reject(DiagnosticCodes.BadName, word.Origin, $"character '{bad}' is not permitted in domain name '{domain}'.");
        line.SkipRest();
        return false;
    }

    private static bool TryAttribute(LineCursor line, out string attribute)
    {
        line.TryTake(out Word word);
        attribute = word.Text;
        if (!attribute.Any(static letter => letter == ';' || char.IsControl(letter))) return true;
        char bad = attribute.First(static letter => letter == ';' || char.IsControl(letter));
        line.Reject(DiagnosticCodes.BadName, word.Origin, $"character '%x{(int)bad:X2}' is not permitted in attribute value.");
        line.SkipRest();
        return false;
    }
}

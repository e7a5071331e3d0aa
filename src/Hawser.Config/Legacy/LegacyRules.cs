using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace Hawser.Config.Legacy;

/// <summary>
/// The rules of 1.1 to 2.0 whose expressions matched whole header lines or the request line. Where a rule of today means
/// the same, it is given; the case of header names, which do not have any, is not kept.
/// </summary>
internal static class LegacyRules
{
    public const string Request = "http-request";
    public const string Response = "http-response";
    public const string UseBackend = "use_backend";

    private const string TooFreeToMatch =
        "this expression matches whole lines in a way that no condition of today does: write an acl by hand";

    public static readonly FrozenDictionary<string, LegacyRule> All = Rows().ToFrozenDictionary(static row => row.Name, StringComparer.Ordinal);

    /// <summary>Anonymous conditions, any of which is enough; null when there are none.</summary>
    public static ImmutableArray<ModernWord>[]? Tests(string expression, bool ignoresCase, bool isResponse)
    {
        string side = isResponse ? "res" : "req";
        if (HeaderPattern.Parse(expression) is { } pattern)
        {
            if (pattern.Name is { } name)
                return [pattern.TakesAnyValue ? ["{", $"{side}.hdr({name})", "-m", "found", "}"] : Matches($"{side}.fhdr({name})", pattern.Value, ignoresCase)];
            ImmutableArray<ModernWord> method = pattern.Method is { } wanted
                ? ["{", "method", .. wanted.Split(' ').Select(static word => (ModernWord)word), "}"]
                : [];
            return isResponse ? null : [[.. method, .. Matches("pathq", pattern.Value, ignoresCase)]];
        }

        // Not anchored: it may stand in the request line or in any header.
        bool isPlain = !expression.StartsWith('^') && !expression.Contains(' ', StringComparison.Ordinal)
            && !expression.Contains('$', StringComparison.Ordinal);
        if (!isPlain) return null;
        return isResponse
            ? [Matches("res.hdrs", expression, ignoresCase)]
            : [Matches("url", expression, ignoresCase), Matches("req.hdrs", expression, ignoresCase)];
    }

    private static IEnumerable<LegacyRule> Rows()
    {
        const string Condition = " [ { if | unless } <condition>... ]";
        const string Expression = "<expression>" + Condition;
        foreach ((string prefix, string rule) in ((string, string)[])[("req", Request), ("rsp", Response)])
        {
            yield return new LegacyRule(prefix + "add", 1, "<header>" + Condition, LegacyStage.Additions, false, $"{rule} add-header",
                words => LegacyHeaders.Add(words, rule));
            foreach ((string infix, bool ignoresCase) in ((string, bool)[])[("", false), ("i", true)])
            {
                yield return new LegacyRule($"{prefix}{infix}del", 1, Expression, LegacyStage.AfterRules, false, $"{rule} del-header",
                    words => LegacyHeaders.Delete(words, rule));
                yield return new LegacyRule($"{prefix}{infix}rep", 2, "<expression> <replacement>" + Condition, LegacyStage.AfterRules, false,
                    $"{rule} replace-header", words => LegacyHeaders.Replace(words, rule, ignoresCase));
                yield return Matching($"{prefix}{infix}deny", rule, "deny", ignoresCase);
                if (rule == Response) continue;
                yield return Matching($"{prefix}{infix}allow", rule, "allow", ignoresCase);
                yield return Matching($"{prefix}{infix}pass", rule, "allow", ignoresCase);
                yield return Matching($"{prefix}{infix}tarpit", rule, "tarpit", ignoresCase);
            }
        }

        yield return new LegacyRule("cliexp", 2, "<expression> <replacement>" + Condition, LegacyStage.AfterRules, false, $"{Request} replace-header",
            static words => LegacyHeaders.Replace(words, Request, ignoresCase: false));
        yield return new LegacyRule("srvexp", 2, "<expression> <replacement>" + Condition, LegacyStage.AfterRules, false, $"{Response} replace-header",
            static words => LegacyHeaders.Replace(words, Response, ignoresCase: false));
        yield return new LegacyRule("block", 0, "{ if | unless } <condition>...", LegacyStage.BeforeRules, false, $"{Request} deny",
            static _ => LegacyTranslation.Of(new ModernRule(Request, "deny")));
        yield return BackendChoice("reqsetbe", ignoresCase: false);
        yield return BackendChoice("reqisetbe", ignoresCase: true);

        // They were processed with the request, and what they chose was left alone by "use_backend".
        static LegacyRule BackendChoice(string name, bool ignoresCase) =>
            new(name, 2, "<expression> <backend>" + Condition, LegacyStage.BeforeRules, false, UseBackend,
                words => Tests(words[0], ignoresCase, isResponse: false) is { } tests
                    ? LegacyTranslation.Of([.. tests.Select(test => new ModernRule(UseBackend, [words[1]], test))])
                    : LegacyTranslation.None(TooFreeToMatch));

        static LegacyRule Matching(string name, string rule, string action, bool ignoresCase) =>
            new(name, 1, Expression, LegacyStage.AfterRules, action == "allow", $"{rule} {action}", words =>
            {
                ImmutableArray<ModernWord>[]? tests = Tests(words[0], ignoresCase, rule == Response);
                return tests is null
                    ? LegacyTranslation.None(TooFreeToMatch)
                    : LegacyTranslation.Of([.. tests.Select(test => new ModernRule(rule, [action], test))]);
            });
    }

    private static ImmutableArray<ModernWord> Matches(string fetch, string expression, bool ignoresCase) =>
        ignoresCase
            ? ["{", fetch, "-m", "reg", "-i", ModernWord.Free(expression), "}"]
            : ["{", fetch, "-m", "reg", ModernWord.Free(expression), "}"];
}

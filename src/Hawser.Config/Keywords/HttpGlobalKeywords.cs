using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Settings of the process that belong to http mode.</summary>
internal static class HttpGlobalKeywords
{
    private const int MaxHeaders = 32767;
    private const int MaxIdleTimerMs = 65535;
    private const int MaxPercent = 100;
    private const int MinStatus = 100;
    private const int MaxStatus = 599;
    private const string? Awaiting = Awaited.HttpMode;

    private static readonly string[] Sharing = ["on", "off", "full"];

    public static IEnumerable<KeywordRow<GlobalContext>> Rows =>
    [
        Number("tune.maxrewrite", 0, int.MaxValue, static (http, value) => http with { MaxRewriteBytes = value },
            "bytes of a buffer that rules may add headers in"),
        Number("tune.http.maxhdr", 1, MaxHeaders, static (http, value) => http with { MaxHeaders = value }, "most headers of a message"),
        Number("tune.http.logurilen", int.MinValue, int.MaxValue, static (http, value) => http with { LogUriBytes = Math.Max(0, value) },
            "longest request line in a log line"),
        Number("tune.pool-low-fd-ratio", 0, MaxPercent, static (http, value) => http with { PoolLowFdPercent = value },
            "descriptors in use from which connections to servers are not kept any more"),
        Number("tune.pool-high-fd-ratio", 0, MaxPercent, static (http, value) => http with { PoolHighFdPercent = value },
            "descriptors in use from which a new connection to a server has an idle one closed"),
        GlobalRows.Time("tune.idletimer", 0, MaxIdleTimerMs,
            static (config, value) => config with { Http = config.Http with { IdleTimerMs = value } },
            "silence after which a stream starts small again") with { Awaits = Awaiting },
        GlobalRows.Row("tune.idle-pool.shared", $"{{ {string.Join(" | ", Sharing)} }}", static (line, context) =>
        {
            if (line.TryChoice(Sharing, out int choice))
                context.Config = context.Config with { Http = context.Config.Http with { IdlePoolSharing = (IdlePoolSharing)choice } };
        }, "which threads share idle connections to servers"),
        GlobalRows.Flag("h1-accept-payload-with-any-method", static config => config with { Http = config.Http with { AcceptPayloadWithAnyMethod = true } },
            "bodies of GET, HEAD and DELETE in HTTP/1.0"),
        GlobalRows.Flag("h1-do-not-close-on-insecure-transfer-encoding", static config => config with { Http = config.Http with { KeepInsecureFraming = true } },
            "connections go on after Content-Length beside Transfer-Encoding"),
        GlobalRows.Row("h1-case-adjust", "<from> <to>", ParseCase, "a header name in the case that old peers want"),
        GlobalRows.Row("h1-case-adjust-file", "<hdrs-file>", ParseCaseFile, "a file of header names in the case that old peers want"),
        Codes("http-err-codes", static http => http.ErrorCodes, static (http, codes) => http with { ErrorCodes = codes },
            "status codes that count as errors of clients"),
        Codes("http-fail-codes", static http => http.FailureCodes, static (http, codes) => http with { FailureCodes = codes },
            "status codes that count as failures of servers"),
    ];

    private static KeywordRow<GlobalContext> Number(
        string name, int min, int max, Func<HttpGlobalConfig, int, HttpGlobalConfig> set, string doc) =>
        GlobalRows.Number(name, min, max, (config, value) => config with { Http = set(config.Http, value.Value) }, doc);

    private static KeywordRow<GlobalContext> Codes(
        string name, Func<HttpGlobalConfig, StatusCodeSet> get, Func<HttpGlobalConfig, StatusCodeSet, HttpGlobalConfig> set, string doc) =>
        GlobalRows.Row(name, "<ranges>...", (line, context) =>
        {
            if (!line.HasMore)
            {
                line.Reject(DiagnosticCodes.MissingArgument, line.KeywordOrigin, $"Missing status codes range for '{name}'.");
                return;
            }
            HttpGlobalConfig http = context.Config.Http;
            while (line.TryTake(out Word word))
            {
                if (Apply(line, word, get(http)) is not { } codes) return;
                http = set(http, codes);
            }
            context.Config = context.Config with { Http = http };
        }, doc) with { Awaits = Awaited.StickTables };

    /// <summary>Null after a report.</summary>
    private static StatusCodeSet? Apply(LineCursor line, Word word, StatusCodeSet before)
    {
        char sign = word.Text.Length > 0 ? word.Text[0] : ' ';
        string list = sign is '+' or '-' ? word.Text[1..] : word.Text;
        List<(int Low, int High)> ranges = [];
        foreach (string range in list.Split(','))
        {
            string[] ends = range.Split('-');
            if (ends.Length > 2 || !ends.All(static end => end.Length is > 0 and < 9 && end.All(char.IsAsciiDigit)))
            {
                line.Reject(DiagnosticCodes.BadNumber, word.Origin,
                    $"Invalid status codes range '{word.Text}' in '{line.Keyword}'. " +
                    "Ranges must be in the form [+-]{low[-{high}]}[,...].");
                line.SkipRest();
                return null;
            }
            NumberText.TryParse(ends[0], out long low);
            NumberText.TryParse(ends[^1], out long high);
            if (low < MinStatus || high > MaxStatus || high < low)
            {
                line.Reject(DiagnosticCodes.OutOfRange, word.Origin,
                    $"Invalid status codes range '{word.Text}' in '{line.Keyword}'. " +
                    $"Codes must be between {MinStatus} and {MaxStatus} and ranges in ascending order.");
                line.SkipRest();
                return null;
            }
            ranges.Add(((int)low, (int)high));
        }
        StatusCodeSet start = sign is '+' or '-' ? before : new StatusCodeSet([]);
        return start.With(ranges, isIn: sign != '-');
    }

    private static void ParseCase(LineCursor line, GlobalContext context)
    {
        if (line.Remaining < 2)
        {
            line.RejectKeyword(DiagnosticCodes.MissingArgument, "expects <from> and <to> as argument.");
            line.SkipRest();
            return;
        }
        line.TryTake(out Word from);
        line.TryTake(out Word to);
        if (Add(context, from.Text, to.Text) is { } wrong) line.Reject(DiagnosticCodes.Conflict, from.Origin, wrong);
    }

    private static void ParseCaseFile(LineCursor line, GlobalContext context)
    {
        if (!line.TryExpect("expects <file> as argument.", out Word name)) return;
        if (context.Files.Read(name) is not { } content)
        {
            line.Reject(DiagnosticCodes.UnreadableFile, name.Origin, $"h1-headers-case-adjust-file '{name.Text}': failed to open file.");
            return;
        }
        int number = 0;
        foreach (string text in ConfigText.Decode(content).Split('\n'))
        {
            number++;
            string[] words = text.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            string? wrong = words.Length switch
            {
                1 => "expect <to>",
                2 => Add(context, words[0], words[1]),
                _ => $"unexpected argument '{words[2]}'",
            };
            if (wrong is null) continue;
            line.Reject(DiagnosticCodes.Conflict, name.Origin, $"h1-headers-case-adjust-file '{name.Text}' : {wrong} at line {number}.");
            return;
        }
    }

    /// <summary>What is wrong with the pair; null when nothing is.</summary>
    private static string? Add(GlobalContext context, string from, string to)
    {
        if (!from.Equals(to, StringComparison.OrdinalIgnoreCase)) return "<from> and <to> must not differ except the case";
        ImmutableDictionary<string, string> cases = context.Config.Http.HeaderCases;
        string key = from.ToLowerInvariant();
        if (cases.ContainsKey(key)) return $"duplicate entry '{from}'";
        context.Config = context.Config with { Http = context.Config.Http with { HeaderCases = cases.Add(key, to) } };
        return null;
    }
}

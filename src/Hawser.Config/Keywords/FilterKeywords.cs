using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Filters (manual, section 9).</summary>
internal static class FilterKeywords
{
    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        ProxyRows.Row("filter", "{ trace [ name <name> | random-forwarding | max-fwd <number> | hexdump | quiet | random-parsing ]* | comp-req | comp-res | compression | cache <name> | fcgi-app <name> | opentracing <argument>* | spoe [ engine <name> | config <file> ]... | { bwlim-in | bwlim-out } <name> { default-limit <size> | default-period <time> | limit <size> | key <pattern> | table <table> | min-size <size> }... }",
            SectionSet.Proxies, ParseFilter, "limits of bandwidth; others are not implemented yet") with { ChecksUsage = true },
    ];

    private static void ParseFilter(LineCursor line, ProxyContext context)
    {
        if (!line.TryTake(out Word kind)) return;
        if (kind.Text is not ("bwlim-in" or "bwlim-out"))
        {
            line.Reject(DiagnosticCodes.NotImplemented, kind.Origin, $"'filter {kind.Text}' is not implemented yet.");
            line.SkipRest();
            return;
        }

        if (!line.TryTake(out Word name)) return;
        long? limit = null;
        int? period = null;
        long minimum = 0;
        while (line.TryTake(out Word option))
        {
            switch (option.Text)
            {
                case "default-limit" when line.TrySize(int.MaxValue, out long bytes):
                    limit = bytes;
                    break;
                case "default-period" when line.TryTime(out int milliseconds):
                    period = milliseconds;
                    break;
                case "min-size" when line.TrySize(int.MaxValue, out minimum):
                    break;
                case "limit" or "key" or "table":
                    line.Reject(DiagnosticCodes.NotImplemented, option.Origin,
                        $"'filter {kind.Text}' : '{option.Text}' is not implemented yet: it needs a stick-table.");
                    line.SkipRest();
                    return;
                default:
                    line.SkipRest();
                    return;
            }
        }

        if (period is null or 0)
        {
            line.RejectKeyword(DiagnosticCodes.MissingArgument, $": '{kind.Text}' : <default-period> option is missing");
            return;
        }

        if (limit is null or 0)
        {
            line.RejectKeyword(DiagnosticCodes.MissingArgument, $": '{kind.Text}' : <default-limit> option is missing");
            return;
        }

        foreach (BandwidthFilterConfig other in context.Proxy.BandwidthFilters)
        {
            if (other.Name != name.Text) continue;
            line.RejectKeyword(DiagnosticCodes.DuplicateId, $": bwlim filter '{name.Text}' already declared for proxy '{context.Proxy.Name}'");
            return;
        }

        context.Proxy = context.Proxy with
        {
            BandwidthFilters = context.Proxy.BandwidthFilters.Add(new BandwidthFilterConfig
            {
                Name = name.Text,
                IsResponse = kind.Text == "bwlim-out",
                LimitBytes = limit.Value,
                PeriodMs = period.Value,
                MinimumBytes = minimum,
            }),
        };
    }
}

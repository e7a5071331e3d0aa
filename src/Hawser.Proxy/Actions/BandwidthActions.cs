using System;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Limits how fast a session's bytes go on (manual, section 9.7).</summary>
internal static class BandwidthActions
{
    public static ActionRow[] Rows { get; } =
    [
        new("set-bandwidth-limit", "set-bandwidth-limit <name> [limit {<expr> | <size>}] [period {<expr> | <time>}]", RuleSets.Content | RuleSets.HttpMessages, Parse, "switches a filter's limit on"),
    ];

    /// <summary>A number of the configuration, or one that each session computes.</summary>
    private readonly record struct Amount(long Fixed, SampleExpression? Expression)
    {
        public long In(SessionLogSource source)
        {
            Sample sample = default;
            if (Expression is null) return Fixed;
            bool hasValue = Expression.TryEvaluate(source, SampleType.Integer, ref sample);
            return hasValue && sample.Integer > 0 ? Math.Min(sample.Integer, int.MaxValue) : Fixed;
        }
    }

    private static SessionAction? Parse(ActionReader reader)
    {
        if (!reader.TryTake(out Word name))
        {
            reader.Fail(reader.Origin, "missing bwlim filter name");
            return null;
        }

        BandwidthFilterConfig? filter = null;
        foreach (BandwidthFilterConfig known in reader.Proxy.BandwidthFilters)
        {
            if (known.Name == name.Text) filter = known;
        }

        if (filter is null)
        {
            reader.Fail(name.Origin, $"Proxy '{reader.Proxy.Name}': unable to find bwlim filter '{name.Text}' referenced by set-bandwidth-limit rule.");
            return null;
        }

        Amount limit = new(filter.LimitBytes, null);
        Amount period = new(filter.PeriodMs, null);
        while (reader.Peek.Text is "limit" or "period")
        {
            bool isLimit = reader.TryTakeIf("limit");
            if (!isLimit) _ = reader.TryTakeIf("period");
            if (!TryAmount(reader, isLimit, isLimit ? limit.Fixed : period.Fixed, out Amount amount)) return null;
            if (isLimit) limit = amount;
            else period = amount;
        }

        return new SetLimit(filter, limit, period);
    }

    /// <param name="otherwise">What counts where the expression has no value above 0.</param>
    private static bool TryAmount(ActionReader reader, bool isLimit, long otherwise, out Amount amount)
    {
        Word word = reader.Peek;
        amount = default;
        if (!reader.HasMore)
        {
            reader.Fail(word.Origin, isLimit
                ? "'limit': invalid size value or unknown fetch method ''"
                : "'period': invalid time value or unknown fetch method ''");
            return false;
        }

        long value = 0;
        int milliseconds = 0;
        bool isNumber = isLimit
            ? SizeText.TryParse(word.Text, out value, out _) == ValueError.None && reader.TryTake(out _)
            : reader.TryTime(out milliseconds);
        if (isNumber)
        {
            amount = new Amount(Math.Clamp(isLimit ? value : milliseconds, 1, int.MaxValue), null);
            return true;
        }

        amount = new Amount(otherwise, reader.Expression(SampleType.Integer));
        return amount.Expression is not null;
    }

    private sealed class SetLimit(BandwidthFilterConfig filter, Amount limit, Amount period) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            session.Facts.Limit(
                filter.IsResponse ? session.Response : session.Request, filter, limit.In(source), period.In(source), session.Loop.Now);
            return RuleVerdict.None;
        }
    }
}

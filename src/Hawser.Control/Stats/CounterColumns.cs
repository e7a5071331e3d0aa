using System;
using System.Collections.Immutable;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;

namespace Hawser.Control.Stats;

/// <summary>A column that is the sum of what the loops have counted.</summary>
/// <param name="IsHttpOnly">Empty in the other modes.</param>
internal sealed record CounterColumn(StatField Field, Func<TrafficCounters, long> Of, bool IsHttpOnly = false)
{
    public long Sum(TrafficCounters[] perLoop)
    {
        long sum = 0;
        foreach (TrafficCounters one in perLoop)
            sum += Of(one);
        return sum;
    }
}

/// <summary>
/// The columns that are plain sums, each once: a line is filled with groups of them, and the exporter, which passes over all
/// objects for each column, sums only the one it writes.
/// </summary>
internal static class CounterColumns
{
    /// <summary>What every kind of object has.</summary>
    public static readonly ImmutableArray<CounterColumn> Traffic =
    [
        new(StatField.SessionsTotal, static one => one.Sessions),
        new(StatField.BytesIn, static one => one.RequestBytes),
        new(StatField.BytesOut, static one => one.ResponseBytes),
        new(StatField.RequestBytesIn, static one => one.RequestBytes),
        new(StatField.RequestBytesOut, static one => one.RequestBytesOut),
        new(StatField.ResponseBytesIn, static one => one.ResponseBytes),
        new(StatField.ResponseBytesOut, static one => one.ResponseBytesOut),
        new(StatField.DeniedResponses, static one => one.DeniedResponses),
        new(StatField.InternalErrors, static one => one.InternalErrors),
        new(StatField.FailedRewrites, static one => one.FailedRewrites),
        new(StatField.RequestBytesLost, static one => one.RequestBytesLost),
        new(StatField.ResponseBytesLost, static one => one.ResponseBytesLost),
        new(StatField.RequestBytesUnconfirmed, static one => one.RequestBytesUnconfirmed),
        new(StatField.ResponseBytesUnconfirmed, static one => one.ResponseBytesUnconfirmed),
        new(StatField.LossySessions, static one => one.LossySessions),
    ];

    /// <summary>What backends and servers have in common.</summary>
    public static readonly ImmutableArray<CounterColumn> Connecting =
    [
        new(StatField.ConnectionErrors, static one => one.ConnectionErrors),
        new(StatField.ResponseErrors, static one => one.ResponseErrors),
        new(StatField.Retries, static one => one.Retries),
        new(StatField.Redispatches, static one => one.Redispatches),
        new(StatField.ClientAborts, static one => one.ClientAborts),
        new(StatField.ServerAborts, static one => one.ServerAborts),
        new(StatField.Balanced, static one => one.Balanced),
        new(StatField.ConnectionAttempts, static one => one.Connections),
        new(StatField.ConnectionReuses, static one => one.Reuses),
    ];

    /// <summary>"mode http": the answers by class.</summary>
    public static readonly ImmutableArray<CounterColumn> Responses =
    [
        new(StatField.Responses1xx, static one => one.Responses[1], true),
        new(StatField.Responses2xx, static one => one.Responses[2], true),
        new(StatField.Responses3xx, static one => one.Responses[3], true),
        new(StatField.Responses4xx, static one => one.Responses[4], true),
        new(StatField.Responses5xx, static one => one.Responses[5], true),
        new(StatField.ResponsesOther, static one => one.Responses[0], true),
        new(StatField.Requests, static one => one.Requests, true),
    ];

    /// <summary>What frontends and backends have of contents.</summary>
    public static readonly ImmutableArray<CounterColumn> Content =
    [
        new(StatField.CompressionIn, static one => one.CompressionIn),
        new(StatField.CompressionOut, static one => one.CompressionOut),
        new(StatField.CompressionBypassed, static one => one.CompressionBypassed),
        new(StatField.CompressedResponses, static one => one.CompressedResponses),
        new(StatField.CacheLookups, static one => one.CacheLookups, true),
        new(StatField.CacheHits, static one => one.CacheHits, true),
        new(StatField.CacheHintHits, static one => one.CacheHintHits, true),
    ];

    private static readonly CounterColumn?[] s_byField = ByField();

    public static void Fill(StatLine line, ProxyConfig proxy, TrafficCounters[] perLoop, ImmutableArray<CounterColumn> columns)
    {
        foreach (CounterColumn column in columns)
        {
            if (!column.IsHttpOnly || proxy.Mode == ProxyMode.Http)
                line[column.Field] = column.Sum(perLoop);
        }
    }

    /// <summary>One column, whatever the mode: whoever asks knows which columns have a meaning.</summary>
    /// <returns>False, and nothing was done: the column is no sum.</returns>
    public static bool TryFill(StatLine line, TrafficCounters[] perLoop, StatField field)
    {
        if (s_byField[(int)field] is not { } column)
            return false;
        line[field] = column.Sum(perLoop);
        return true;
    }

    private static CounterColumn?[] ByField()
    {
        CounterColumn?[] byField = new CounterColumn?[StatFields.List.Length];
        foreach (ImmutableArray<CounterColumn> columns in (ReadOnlySpan<ImmutableArray<CounterColumn>>)[Traffic, Connecting, Responses, Content])
        {
            foreach (CounterColumn column in columns)
                byField[(int)column.Field] = column;
        }

        return byField;
    }
}

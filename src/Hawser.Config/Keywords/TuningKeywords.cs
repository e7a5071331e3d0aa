using System;
using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>The <c>tune.*</c> settings that mean something here (manual, 3.2); the rest are hints, see the known rows.</summary>
internal static class TuningKeywords
{
    public static IEnumerable<KeywordRow<GlobalContext>> Rows =>
    [
        Size("tune.bufsize", 1, static (tuning, value) => tuning with { BufferSizeBytes = value },
            "bytes of a session's buffer"),
        Number("tune.buffers.limit", static (tuning, value) => tuning with { BuffersLimit = value },
            "most buffers of the process"),
        Number("tune.maxaccept", static (tuning, value) => tuning with { MaxAccept = value },
            "connections accepted in one go; -1: no limit", min: -1),
        Number("tune.maxpollevents", static (tuning, value) => tuning with { MaxPollEvents = value },
            "events taken from the poller in one go"),
        Number("tune.pattern.cache-size", static (tuning, value) => tuning with { PatternCacheEntries = value },
            "answers of slow look-ups that a thread remembers"),
        Number("tune.http.cookielen", static (tuning, value) => tuning with { HttpCookieBytes = value },
            "longest captured cookie"),
        Size("tune.cli.max-payload-size", 1, static (tuning, value) => tuning with { CliPayloadBytes = value },
            "longest payload of a command of the runtime API"),
        Size("tune.pipesize", 0, static (tuning, value) => tuning with { PipeSizeBytes = value },
            "bytes of a splicing pipe"),
        Size("tune.rcvbuf.client", 0, static (tuning, value) => tuning with { ReceiveBufferClientBytes = value },
            "SO_RCVBUF towards clients"),
        Size("tune.rcvbuf.server", 0, static (tuning, value) => tuning with { ReceiveBufferServerBytes = value },
            "SO_RCVBUF towards servers"),
        Size("tune.sndbuf.client", 0, static (tuning, value) => tuning with { SendBufferClientBytes = value },
            "SO_SNDBUF towards clients"),
        Size("tune.sndbuf.server", 0, static (tuning, value) => tuning with { SendBufferServerBytes = value },
            "SO_SNDBUF towards servers"),
        Size("tune.notsent-lowat.client", 0,
            static (tuning, value) => tuning with { NotSentLowWaterClientBytes = value },
            "TCP_NOTSENT_LOWAT towards clients"),
        Size("tune.notsent-lowat.server", 0,
            static (tuning, value) => tuning with { NotSentLowWaterServerBytes = value },
            "TCP_NOTSENT_LOWAT towards servers"),
        Memory("tune.vars.global-max-size", static (tuning, value) => tuning with { VariablesGlobalBytes = value },
            "memory of all variables"),
        Memory("tune.vars.proc-max-size", static (tuning, value) => tuning with { VariablesProcessBytes = value },
            "memory of the process's variables"),
        Memory("tune.vars.sess-max-size", static (tuning, value) => tuning with { VariablesSessionBytes = value },
            "memory of a session's variables"),
        Memory("tune.vars.txn-max-size", static (tuning, value) => tuning with { VariablesTransactionBytes = value },
            "memory of a transaction's variables"),
        Memory("tune.vars.reqres-max-size", static (tuning, value) => tuning with { VariablesRequestBytes = value },
            "memory of a request's or response's variables"),
        GlobalRows.Row("tune.listener.default-shards", "{ by-process | by-thread | by-group }", ParseShards,
            "listening sockets per bind address"),
    ];

    private static KeywordRow<GlobalContext> Size(
        string name, long min, Func<TuningConfig, int, TuningConfig> set, string doc) =>
        GlobalRows.Size(name, min, (config, value) => config with { Tuning = set(config.Tuning, value) }, doc);

    /// <summary>HAProxy takes no value, a negative one and further words as well; they set nothing.</summary>
    private static KeywordRow<GlobalContext> Memory(string name, Func<TuningConfig, int, TuningConfig> set, string doc) =>
        GlobalRows.Row(name, "[ { <integer> | <size> } <ignored>* ]", (line, context) =>
        {
            if (line.HasMore && line.Peek.Text is not ['-', ..] && line.TrySize(int.MaxValue, out long value))
                context.Config = context.Config with { Tuning = set(context.Config.Tuning, (int)value) };
            line.SkipRest();
        }, doc) with { ChecksUsage = true };

    private static KeywordRow<GlobalContext> Number(
        string name, Func<TuningConfig, int, TuningConfig> set, string doc, int min = 0) =>
        GlobalRows.Number(name, min, int.MaxValue,
            (config, value) => config with { Tuning = set(config.Tuning, value.Value) }, doc);

    private static void ParseShards(LineCursor line, GlobalContext context)
    {
        if (!line.TryChoice(["by-process", "by-thread", "by-group"], out int choice)) return;
        ShardsKind kind = choice switch { 0 => ShardsKind.Fixed, 1 => ShardsKind.ByThread, _ => ShardsKind.ByGroup };
        context.Config = context.Config with { Tuning = context.Config.Tuning with { ListenerDefaultShards = kind } };
    }
}

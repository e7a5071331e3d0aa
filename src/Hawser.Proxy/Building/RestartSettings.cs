using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Model;

namespace Hawser.Proxy.Building;

/// <summary>Global settings that a process fixes at its start: a reload that changes one says so and goes on without it.</summary>
internal static class RestartSettings
{
    /// <summary>A sentence for each that reads differently.</summary>
    /// <param name="loops">What the process runs with.</param>
    public static IEnumerable<string> Changed(GlobalConfig before, GlobalConfig after, int loops)
    {
        int threads = after.Threads ?? Environment.ProcessorCount;
        if (threads != loops && (after.Threads is not null || before.Threads is not null))
            yield return string.Create(CultureInfo.InvariantCulture, $"nbthread: {loops} stays, {threads} needs a new process");
        foreach ((string name, object? old, object? now) in Pairs(before, after))
        {
            if (!Equals(old, now))
                yield return string.Create(CultureInfo.InvariantCulture, $"{name}: {Text(old)} stays, {Text(now)} needs a new process");
        }
    }

    private static object? Dumpable(GlobalConfig global) => global.DumpsLibraries ? "libs" : global.Dumpable;

    private static string Text(object? value) => value is null ? "the default" : string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static IEnumerable<(string Name, object? Before, object? After)> Pairs(GlobalConfig before, GlobalConfig after) =>
    [
        ("user", before.User?.Value, after.User?.Value),
        ("group", before.Group?.Value, after.Group?.Value),
        ("uid", before.UserId?.Value, after.UserId?.Value),
        ("gid", before.GroupId?.Value, after.GroupId?.Value),
        ("chroot", before.Chroot?.Value, after.Chroot?.Value),
        ("pidfile", before.ProcessIdFile?.Value, after.ProcessIdFile?.Value),
        ("ulimit-n", before.MaxOpenFiles?.Value, after.MaxOpenFiles?.Value),
        ("fd-hard-limit", before.FdHardLimit?.Value, after.FdHardLimit?.Value),
        ("set-dumpable", Dumpable(before), Dumpable(after)),
        ("maxpipes", before.MaxPipes, after.MaxPipes),
        ("busy-polling", before.BusyPolling, after.BusyPolling),
        ("tune.bufsize", before.Tuning.BufferSizeBytes, after.Tuning.BufferSizeBytes),
        ("tune.buffers.limit", before.Tuning.BuffersLimit, after.Tuning.BuffersLimit),
        ("tune.maxpollevents", before.Tuning.MaxPollEvents, after.Tuning.MaxPollEvents),
        ("tune.pattern.cache-size", before.Tuning.PatternCacheEntries, after.Tuning.PatternCacheEntries),
        ("tune.pipesize", before.Tuning.PipeSizeBytes, after.Tuning.PipeSizeBytes),
        ("tune.vars.global-max-size", before.Tuning.VariablesGlobalBytes, after.Tuning.VariablesGlobalBytes),
        ("tune.vars.proc-max-size", before.Tuning.VariablesProcessBytes, after.Tuning.VariablesProcessBytes),
        ("tune.vars.sess-max-size", before.Tuning.VariablesSessionBytes, after.Tuning.VariablesSessionBytes),
        ("tune.vars.txn-max-size", before.Tuning.VariablesTransactionBytes, after.Tuning.VariablesTransactionBytes),
        ("tune.vars.reqres-max-size", before.Tuning.VariablesRequestBytes, after.Tuning.VariablesRequestBytes),
        ("tune.http.maxhdr", before.Http.MaxHeaders, after.Http.MaxHeaders),
        ("tune.http.logurilen", before.Http.LogUriBytes, after.Http.LogUriBytes),
        ("tune.maxrewrite", before.Http.MaxRewriteBytes, after.Http.MaxRewriteBytes),
        ("tune.idle-pool.shared", before.Http.IdlePoolSharing, after.Http.IdlePoolSharing),
        ("daemon", before.Daemon, after.Daemon),
        ("master-worker", before.IsMaster, after.IsMaster),
    ];
}

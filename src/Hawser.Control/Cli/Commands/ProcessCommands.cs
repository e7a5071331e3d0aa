using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Hawser.Base.Time;
using Hawser.Io.Buffers;
using Hawser.Config.Model;
using Hawser.Control.Stats;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>What is inside of the process: environment, sockets, loops, memory, descriptors.</summary>
internal static class ProcessCommands
{
    private const string DescriptorFolder = "/proc/self/fd";

    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("show env", "the process's environment", CliLevel.Operator, ShowEnvironment, "[var]"),
        CommandRow.Simple("show cli sockets", "the sockets of this API", CliLevel.User, ShowSockets),
        CommandRow.Simple("show libs", "the files whose code is loaded", CliLevel.Operator,
            static call => call.Output.Write(call.Context.Facts.Libraries())),
        CommandRow.Simple("show startup-logs", "what was said while the process started", CliLevel.Operator,
            static call => call.Output.Write(call.Context.Facts.StartupLogs())),
        CommandRow.Simple("show activity", "counters of each thread", CliLevel.Operator, ShowActivity, "[-1|0|thread_num]"),
        CommandRow.Simple("show threads", "what each thread has", CliLevel.User, ShowThreads),
        CommandRow.Simple("show tasks", "what waits to run", CliLevel.User, ShowTasks),
        CommandRow.Simple(
            "show pools", "memory of the buffers and sessions", CliLevel.User, ShowPools, "[by*] [match <pfx>] [detailed] [nb]"),
        CommandRow.Long("show fd", "the open descriptors", CliLevel.Operator, ShowDescriptors, "[-!plcfbs]* [num]"),
        CommandRow.Simple("show profiling", "state of the profiling", CliLevel.Admin, ShowProfiling, "[<what>|<#lines>|<opts>]*"),
        CommandRow.Simple("set profiling", "profiling of tasks or memory", CliLevel.Admin, SetProfiling, "<what> {auto|on|off}"),
        CommandRow.Simple("show trace", "the trace sources", CliLevel.User, ShowTrace, "[<source>]"),
        CommandRow.Simple("trace", "traces, of which there are none", CliLevel.Operator, Trace, "[<module>|0] [cmd [args...]]"),
        CommandRow.Simple("debug dev log", "send a text to the logs of the global section", CliLevel.Admin,
            static call => call.Context.Set.Runtime.Announce(SyslogLevel.Info, string.Join(' ', call.Arguments.ToArray())), "[<text>]") with { IsExpert = true },
        CommandRow.Simple("show anon", "state of the anonymized mode", CliLevel.User, static call => call.Info("Anonymized mode disabled")),
    ];

    private static IEnumerator<CliPause>? ShowEnvironment(CliCall call)
    {
        string name = call.Argument(0);
        if (name.Length == 0)
            return AllVariables(call);
        if (Environment.GetEnvironmentVariable(name) is { } value)
            call.Output.WriteLine($"{name}={value}");
        else
            call.Error("Variable not found");
        return null;
    }

    private static IEnumerator<CliPause> AllVariables(CliCall call)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            call.Output.WriteLine($"{variable.Key}={variable.Value}");
            yield return CliPause.Room;
        }
    }

    private static void ShowSockets(CliCall call)
    {
        call.Output.WriteLine("# socket lvl processes");
        foreach (Listener listener in call.Context.Set.ControlListeners)
        {
            string address = listener.UnixPath is { } path ? $"unix@{path}" : listener.Text;
            call.Output.WriteLine($"{address} {CliRights.Name(listener.Config.Level)} all");
        }
    }

    private static void ShowActivity(CliCall call)
    {
        ReadOnlySpan<ProxyLoop> loops = call.Context.Set.Loops;
        string wanted = call.Argument(0);
        int only = -1;
        if (wanted.Length > 0
            && (!int.TryParse(wanted, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out only) || only < -1 || only > loops.Length))
        {
            call.Error("Thread ID number must be between -1 and nbthread");
            return;
        }

        UnixTime now = call.Loop.WallClock;
        long up = now.Microseconds - call.Context.Set.Process.Started.Microseconds;
        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"thread_id: 1 (1..{loops.Length})"));
        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"date_now: {now.Microseconds / 1_000_000}.{now.Microseconds % 1_000_000:d6}"));
        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"uptime_now: {up / 1_000_000}.{up % 1_000_000:d6}"));
        Row(call, loops, only, "loops", static loop => loop.Loop.Turns);
        Row(call, loops, only, "curr_sess", static loop => loop.SessionCount);
        Row(call, loops, only, "sess_made", static loop => loop.SessionsAllocated);
        Row(call, loops, only, "timers", static loop => loop.Loop.TimerCount);
        Row(call, loops, only, "poll_fds", static loop => loop.Loop.WatchedCount);
        Row(call, loops, only, "buf_used", static loop => loop.Loop.Buffers.Leased);
        Row(call, loops, only, "buf_wait", static loop => loop.Loop.Buffers.Refused);
        Row(call, loops, only, "pipes_used", static loop => loop.Pipes.Leased);
        Row(call, loops, only, "pipes_fail", static loop => loop.Pipes.Refused);
        Row(call, loops, only, "lossy_sess", static loop => loop.Losses.Total);
        TrafficRow(call, only);
    }

    private static void TrafficRow(CliCall call, int only)
    {
        string name = "accepted";
        long sum = 0;
        string perThread = "";
        for (int i = 0; i < call.Context.Set.Loops.Length; i++)
        {
            long accepted = 0;
            foreach (Frontend frontend in call.Context.Set.Frontends)
                accepted += frontend.Counters[i].Connections;
            sum += accepted;
            perThread += string.Create(CultureInfo.InvariantCulture, $" {accepted}");
        }

        call.Output.WriteLine(only < 0 && call.Context.Set.Loops.Length > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{name}: {sum} [{perThread} ]")
            : string.Create(CultureInfo.InvariantCulture, $"{name}: {sum}"));
    }

    /// <summary>The sum, and in brackets each thread's; or one of them.</summary>
    private static void Row(CliCall call, ReadOnlySpan<ProxyLoop> loops, int only, string name, Func<ProxyLoop, long> read)
    {
        long sum = 0;
        string perThread = "";
        for (int i = 0; i < loops.Length; i++)
        {
            long value = read(loops[i]);
            sum += value;
            perThread += string.Create(CultureInfo.InvariantCulture, $" {value}");
            if (only == i + 1)
            {
                call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value}"));
                return;
            }
        }

        call.Output.WriteLine(only < 0 && loops.Length > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{name}: {sum} [{perThread} ]")
            : string.Create(CultureInfo.InvariantCulture, $"{name}: {sum}"));
    }

    private static void ShowThreads(CliCall call)
    {
        foreach (ProxyLoop loop in call.Context.Set.Loops)
        {
            call.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(loop.Loop == call.Loop ? '*' : ' ')} Thread {loop.Loop.Index + 1} : turns={loop.Loop.Turns} "
                + $"sessions={loop.SessionCount} timers={loop.Loop.TimerCount} fds={loop.Loop.WatchedCount} "
                + $"buffers={loop.Loop.Buffers.Leased} pipes={loop.Pipes.Leased}"));
        }
    }

    private static void ShowTasks(CliCall call)
    {
        long timers = 0;
        foreach (ProxyLoop loop in call.Context.Set.Loops)
            timers += loop.Loop.TimerCount;
        call.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Running tasks: 1 ({call.Context.Set.Loops.Length} threads), {timers} timers"));
    }

    /// <summary>Two lines a thread: their order and the words of HAProxy for it mean nothing, but wrong ones are told.</summary>
    private static void ShowPools(CliCall call)
    {
        string prefix = "";
        int most = int.MaxValue;
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            string word = call.Argument(i);
            if (word is "byname" or "bysize" or "byusage" or "detailed")
                continue;
            if (word == "match" && call.Argument(i + 1).Length > 0)
                prefix = call.Argument(++i);
            else if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most == 0)
            {
                call.Error("Expects either 'byname', 'bysize', 'byusage', 'match <pfx>', 'detailed', or a max number of output lines.");
                return;
            }
        }

        call.Output.WriteLine("Dumping pools usage.");
        long bytes = 0;
        long usedBytes = 0;
        int pools = 0;
        foreach (ProxyLoop loop in call.Context.Set.Loops)
        {
            BufferPool buffers = loop.Loop.Buffers;
            long used = (long)buffers.Leased * buffers.BlockBytes;
            long allocated = used + ((long)buffers.Kept * buffers.BlockBytes);
            if ("buffer".StartsWith(prefix, StringComparison.Ordinal) && pools < most)
            {
                bytes += allocated;
                usedBytes += used;
                pools++;
                call.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  - Pool buffer/{loop.Loop.Index + 1} ({buffers.BlockBytes} bytes) : {buffers.Leased + buffers.Kept} allocated "
                    + $"({allocated} bytes), {buffers.Leased} used, {buffers.Refused} failures"));
            }

            if (!"session".StartsWith(prefix, StringComparison.Ordinal) || pools >= most)
                continue;
            pools++;
            call.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  - Pool session/{loop.Loop.Index + 1} : {loop.SessionCount + loop.FreeSessionCount} allocated, {loop.SessionCount} used"));
        }

        call.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Total: {pools} pools, {bytes} bytes allocated, {usedBytes} used."));
        call.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Managed heap: {GC.GetTotalMemory(forceFullCollection: false)} bytes, {GC.CollectionCount(0)} collections."));
    }

    private static IEnumerator<CliPause>? ShowDescriptors(CliCall call)
    {
        string wanted = call.Arguments.IsEmpty ? "" : call.Arguments[^1];
        // "1/7": of a group of threads, of which there is one.
        wanted = wanted[(wanted.IndexOf('/', StringComparison.Ordinal) + 1)..];
        bool isOne = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        foreach (string word in call.Arguments[..(isOne ? ^1 : ^0)])
        {
            if (word.AsSpan().ContainsAnyExcept("-!plcfbs/0123456789"))
            {
                call.Error("Invalid FD type");
                return null;
            }
        }

        return Descriptors(call, isOne ? wanted : "");
    }

    /// <param name="wanted">A number; empty: all.</param>
    private static IEnumerator<CliPause> Descriptors(CliCall call, string wanted)
    {
        foreach (string path in Directory.GetFiles(DescriptorFolder))
        {
            string number = Path.GetFileName(path);
            if (wanted.Length > 0 && number != wanted)
                continue;
            // Open when the folder was read, and perhaps not any more.
            string target = new FileInfo(path).LinkTarget ?? "?";
            call.Output.WriteLine($"{number,7} : {target}");
            yield return CliPause.Room;
        }
    }

    private static void ShowProfiling(CliCall call)
    {
        bool hasStatus = true;
        foreach (string word in call.Arguments)
        {
            if (word is "tasks" or "memory")
                hasStatus = false;
            else if (word is not ("all" or "status" or "byaddr" or "bytime" or "byctx" or "aggr")
                && !int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                call.Error("Expects either 'all', 'status', 'tasks', 'memory', 'byaddr', 'bytime', 'byctx', 'aggr' or a max number of output lines.");
                return;
            }
        }

        if (!hasStatus)
            return;
        call.Output.WriteLine("Per-task CPU profiling              : off           # not available");
        call.Output.WriteLine("Memory usage profiling              : off           # not available");
    }

    private static void SetProfiling(CliCall call)
    {
        string what = call.Argument(0);
        if (what == "memory")
            call.Error("Memory profiling not compiled in.");
        else if (what != "tasks")
            call.Error("Expects either 'tasks' or 'memory'.");
        else if (call.Argument(1) is not ("on" or "auto" or "off" or "lock" or "no-lock" or "memory" or "no-memory"))
            call.Error("Expects a combination of either 'on', 'auto', 'off', 'lock', 'no-lock', 'memory' or 'no-memory'.");
        else if (call.Argument(1) is not ("off" or "auto"))
            call.Error("Profiling of tasks is not implemented.");
    }

    private static void ShowTrace(CliCall call)
    {
        if (call.Arguments.IsEmpty)
            call.Output.WriteLine("Supported trace sources and states (.=stopped, w=waiting, R=running) :");
        else
            call.Error(CliRights.Allows(call.Session.Level, CliLevel.Operator) ? "No such trace source" : CliRights.Denied);
    }

    private static void Trace(CliCall call)
    {
        string source = call.Argument(0);
        if (source.Length == 0)
        {
            call.Output.WriteLine("Supported trace sources and states (.=stopped, w=waiting, R=running) :");
            call.Output.WriteLine(" [.] 0          : not a source, will immediately stop all traces");
        }
        else if (source == "0")
        {
            call.Info("All traces now stopped");
        }
        else
        {
            call.Error($"No such trace source '{source}'");
        }
    }
}

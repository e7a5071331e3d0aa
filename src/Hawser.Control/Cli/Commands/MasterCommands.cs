using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Model;
using Hawser.Control.Reloads;
using Hawser.Proxy.Accounting;

namespace Hawser.Control.Cli.Commands;

/// <summary>What the master CLI of HAProxy has beside the runtime API (management manual, 9.4), about the one process there is.</summary>
internal static class MasterCommands
{
    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Simple("show proc", "this process, as a master and its worker", CliLevel.Operator, ShowProcesses, "[debug]"),
        CommandRow.Long("hard-reload", "as 'reload', and end the sessions of the configuration before", CliLevel.Admin, HardReload),
        CommandRow.Simple("mcli-debug-mode", "accepted: the commands of master and worker are the same here", CliLevel.Admin, static _ => { }, "[on|off]"),
    ];

    private static void ShowProcesses(CliCall call)
    {
        int reloads = call.Context.Reloads?.Done ?? 0;
        int failed = call.Context.Reloads?.Refused ?? 0;
        TimeSpan up = TimeSpan.FromSeconds(Math.Max(0, call.Loop.WallClock.Seconds - call.Context.Set.Process.Started.Seconds));
        string uptime = string.Create(CultureInfo.InvariantCulture, $"{up.Days}d{up.Hours:d2}h{up.Minutes:d2}m{up.Seconds:d2}s");
        string number = call.Context.Facts.ProcessId.ToString(CultureInfo.InvariantCulture);
        call.Output.WriteLine("#<PID>          <type>          <reloads>       <uptime>        <version>");
        string counts = string.Create(CultureInfo.InvariantCulture, $"{reloads} [failed: {failed}]");
        call.Output.WriteLine($"{number,-15} {"master",-15} {counts,-15} {uptime,-15} {call.Context.Facts.Version}");
        call.Output.WriteLine("# workers");
        call.Output.WriteLine($"{number,-15} {"worker",-15} {"0",-15} {uptime,-15} {call.Context.Facts.Version}");
        call.Output.WriteLine("# programs");
    }

    private static IEnumerator<CliPause> HardReload(CliCall call)
    {
        if (call.Context.Reloads is not { } reloads)
            yield break;
        Proxy.Building.ProxySet before = reloads.Running;
        ReloadRecord? ended = null;
        reloads.Reload("cli", record =>
        {
            ended = record;
            if (record.Result == ReloadResult.Done)
                before.Runtime.Sessions.KillSessionsOf(before, TerminationCause.Killed);
            if (!call.IsCancelled)
                call.Wake();
        });
        while (ended is null)
            yield return CliPause.Wake;
        ReloadCommands.Answer(call, ended);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Proxy.Accounting;

namespace Hawser.Control.Cli.Commands;

/// <summary>"show events": what was written to rings (manual of management, "show events").</summary>
internal static class EventCommands
{
    /// <summary>How often a ring is looked at for new events.</summary>
    private static readonly Milliseconds s_look = new(50);

    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("show events", "the event sinks, or the events of one", CliLevel.User, Show, "[<sink>] [-w] [-n] [-0]"),
    ];

    private static IEnumerator<CliPause>? Show(CliCall call)
    {
        EventRing ring = call.Context.Set.Process.Events;
        if (call.Arguments.IsEmpty)
        {
            call.Output.WriteLine("Supported events sinks are listed below. Add -0(zero), -w(wait), -n(new). Any key to stop.");
            call.Output.WriteLine("    stdout     : type=fd, 0 dropped, standard output (fd#1)");
            call.Output.WriteLine("    stderr     : type=fd, 0 dropped, standard output (fd#2)");
            call.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"    {ring.Name,-10} : type=buffer, {ring.Dropped} dropped, {ring.Description}"));
            return null;
        }

        // Which sinks there are is no secret; what is in them is.
        if (!CliRights.Allows(call.Session.Level, CliLevel.Operator))
        {
            call.Error(CliRights.Denied);
            return null;
        }

        string sink = call.Argument(0);
        if (sink != ring.Name)
        {
            call.Error(sink is "stdout" or "stderr" ? "Nothing to report for this sink" : "No such event sink");
            return null;
        }

        bool waits = false;
        bool onlyNew = false;
        bool endsWithZero = false;
        foreach (string option in call.Arguments[1..])
        {
            if (option.Length < 2 || option[0] != '-' || option.AsSpan(1).ContainsAnyExcept("wn0"))
            {
                call.Error("unknown option");
                return null;
            }

            waits |= option.Contains('w', StringComparison.Ordinal);
            onlyNew |= option.Contains('n', StringComparison.Ordinal);
            endsWithZero |= option.Contains('0', StringComparison.Ordinal);
        }

        call.StopsAtInput = waits;
        return Write(call, ring, onlyNew ? ring.Next : ring.First, waits, (byte)(endsWithZero ? 0 : '\n'));
    }

    /// <summary>An event that is just being written is waited for once; one that was dropped is never there.</summary>
    private static IEnumerator<CliPause> Write(CliCall call, EventRing ring, long number, bool waits, byte end)
    {
        byte[] line = new byte[EventRing.LongestEventBytes];
        bool hasWaited = false;
        while (!call.IsCancelled && !call.IsInterrupted)
        {
            number = Math.Max(number, ring.First);
            bool isAtEnd = number >= ring.Next;
            if (isAtEnd && !waits) yield break;
            int length = isAtEnd ? -1 : ring.Read(number, line);
            if (length >= 0)
            {
                call.Output.Write(line.AsSpan(0, length));
                call.Output.Write(end);
            }
            else if (isAtEnd || !hasWaited)
            {
                hasWaited = !isAtEnd;
                call.WakeAfter(s_look);
                yield return CliPause.Wake;
                continue;
            }

            hasWaited = false;
            number++;
            yield return CliPause.Room;
        }
    }
}

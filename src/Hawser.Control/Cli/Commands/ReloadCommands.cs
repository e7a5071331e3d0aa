using System.Collections.Generic;
using System.Globalization;
using Hawser.Config.Model;
using Hawser.Control.Reloads;

namespace Hawser.Control.Cli.Commands;

/// <summary>The configuration of a process that goes on: what runs, what another file would change, and changing it.</summary>
internal static class ReloadCommands
{
    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("reload", "read the configuration again and put it to work", CliLevel.Admin, Reload),
        CommandRow.Long("plan", "what a reload would change, and how many sessions it touches", CliLevel.Admin, Plan, "[<file>] [json]"),
        CommandRow.Long("show config", "the configuration at work", CliLevel.Admin, ShowConfig),
        CommandRow.Simple("show reload", "the last reloads", CliLevel.Operator, ShowReload),
    ];

    /// <summary>As the master CLI of HAProxy answers: success or not, and what was said about the configuration.</summary>
    private static IEnumerator<CliPause> Reload(CliCall call)
    {
        if (call.Context.Reloads is not { } reloads)
            yield break;
        ReloadRecord? ended = null;
        reloads.Reload("cli", record =>
        {
            ended = record;
            if (!call.IsCancelled)
                call.Wake();
        });
        while (ended is null)
            yield return CliPause.Wake;
        Answer(call, ended);
    }

    internal static void Answer(CliCall call, ReloadRecord ended)
    {
        call.Output.WriteLine($"Success={(ended.Result == ReloadResult.Done ? 1 : 0)}");
        call.Output.WriteLine("--");
        call.Output.Write(ended.Messages);
        if (ended.Problem is { } problem)
            call.Output.WriteLine(problem);
        // The master CLI ends with it.
        if (call.Session.IsMaster)
            call.Session.IsQuitting = true;
    }

    private static IEnumerator<CliPause> Plan(CliCall call)
    {
        if (call.Context.Reloads is not { } reloads)
            yield break;
        bool isJson = !call.Arguments.IsEmpty && call.Arguments[^1] == "json";
        int files = call.Arguments.Length - (isJson ? 1 : 0);
        ReloadCandidate? found = null;
        reloads.Plan(files > 0 ? call.Argument(0) : null, candidate =>
        {
            found = candidate;
            if (!call.IsCancelled)
                call.Wake();
        });
        while (found is null)
            yield return CliPause.Wake;
        if (found.Plan is not { } plan)
        {
            call.Output.WriteLine(isJson ? PlanJson.WriteProblem(found.Problem ?? "", found.Messages) : found.Messages + found.Problem);
            yield break;
        }

        string text = isJson ? PlanJson.Write(plan) + "\n" : found.Messages + PlanText.Write(plan);
        foreach (string line in text.Split('\n', System.StringSplitOptions.RemoveEmptyEntries))
        {
            call.Output.WriteLine(line);
            yield return CliPause.Room;
        }
    }

    private static IEnumerator<CliPause> ShowConfig(CliCall call)
    {
        if (call.Context.Reloads is not { } reloads)
            yield break;
        string? text = null;
        reloads.Show(shown =>
        {
            text = shown;
            if (!call.IsCancelled)
                call.Wake();
        });
        while (text is null)
            yield return CliPause.Wake;
        foreach (string line in text.Split('\n'))
        {
            if (line.Length > 0)
                call.Output.WriteLine(line);
            yield return CliPause.Room;
        }
    }

    private static void ShowReload(CliCall call)
    {
        if (call.Context.Reloads is not { } reloads)
            return;
        call.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# reloads: {reloads.Done} done, {reloads.Refused} refused"));
        foreach (ReloadRecord record in reloads.Records)
        {
            string outcome = record.Result switch
            {
                ReloadResult.UnderWay => "under way",
                ReloadResult.Done => "done",
                _ => "refused",
            };
            call.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"#{record.Number} {CliDates.Of(record.Date)} by {record.By}: {outcome} in {record.DurationMs} ms, loop 0 busy {record.SwitchUs} us"));
            if (record.Summary.Length > 0)
                call.Output.WriteLine($"    {record.Summary}");
            if (record.Problem is { } problem)
                call.Output.WriteLine($"    {problem}");
            if (record.Result == ReloadResult.Done)
            {
                call.Output.WriteLine(record.Drained is { } drained
                    ? $"    drained {CliDates.Of(drained)}"
                    : string.Create(CultureInfo.InvariantCulture, $"    draining: {record.Draining} sessions"));
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using Hawser.Control.Lab;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary><c>hawser lab [--against PATH] [case …]</c>: shows on real sockets where bytes get lost, and how not.</summary>
internal static class LabCommand
{
    private const string AgainstSwitch = "--against";
    private const string OwnName = "hawser";

    /// <summary>Success when every case behaved as described.</summary>
    public static int Run(string[] arguments)
    {
        string? against = null;
        List<LabCase> cases = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == AgainstSwitch && i + 1 < arguments.Length)
            {
                against = arguments[++i];
                continue;
            }
            if (LabCases.Find(arguments[i]) is not { } named) return Usage(arguments[i]);
            cases.Add(named);
        }
        bool hasLedger = against is null;
        if (cases.Count == 0) cases.AddRange(LabCases.Rows);
        else if (!hasLedger && cases.Find(static row => row.OnTimeout is not null) is { } ours)
            return Fail($"{ours.Name}: on-timeout is not HAProxy's\n");
        if (!hasLedger) cases.RemoveAll(static row => row.OnTimeout is not null);

        LabRun run = new(against ?? Environment.ProcessPath!, hasLedger);
        string program = against is null ? OwnName : Path.GetFileName(against);
        int failures = 0;
        foreach (LabCase row in cases)
        {
            Print(LabReport.Heading(row, program));
            LabResult? result = run.Run(row, out string error);
            if (result is null) return Fail(error + "\n");
            Print(LabReport.Body(result, hasLedger));
            if (result.Difference(hasLedger) is not null) failures++;
        }
        Print($"{cases.Count - failures} of {cases.Count} cases as described\n");
        return failures == 0 ? ExitStatus.Success : ExitStatus.Failure;
    }

    private static int Usage(string word)
    {
        string names = "";
        foreach (LabCase row in LabCases.Rows) names += $"  {row.Name,-14} {row.Story}\n";
        return Fail($"hawser lab: '{word}' is not a case\nUsage: hawser lab [--against <haproxy>] [<case>]*\n{names}");
    }

    private static int Fail(string text)
    {
        ProcessMessages.WriteAll(StandardStreams.Error, text);
        return ExitStatus.Failure;
    }

    private static void Print(string text) => ProcessMessages.WriteAll(StandardStreams.Output, text);
}

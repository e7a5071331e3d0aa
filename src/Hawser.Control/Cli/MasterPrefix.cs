using System;
using System.Globalization;
using Hawser.Control.Reloads;

namespace Hawser.Control.Cli;

/// <summary>
/// The "@" of the master CLI (management manual, 9.4.1). Hawser is master and worker in one process (ADR 0009): "@1" and
/// "@!PID" name it, and a command behind them runs as any other.
/// </summary>
public static class MasterPrefix
{
    /// <summary>The name under which "-S" adds a "stats socket" line to the configuration.</summary>
    public const string SourceName = "<-S>";

    /// <param name="words">Without the prefix on return; empty when it stood alone.</param>
    /// <param name="session">Told when the prefix stood alone: what the prompt shows from then on.</param>
    /// <returns>What is wrong with it; null when nothing is, or there is none.</returns>
    public static string? Strip(ref string[] words, int processId, CliSession session)
    {
        if (words.Length == 0 || !words[0].StartsWith('@'))
            return null;
        string target = words[0].TrimStart('@');
        bool names = target.Length == 0 || IsWorker(target, processId);
        if (!names)
            return $"Can't find the target PID matching the prefix '{words[0]}'.";
        words = words[1..];
        if (words.Length == 0)
            session.IsAtWorker = target.Length > 0;
        return null;
    }

    /// <summary>"master", the worker's number, and the letters of the modes that are on.</summary>
    internal static string Prompt(CliSession session, CliContext context)
    {
        string modes = (session.IsExperimental ? "x" : "") + (session.IsExpert ? "e" : "");
        if (modes.Length > 0)
            modes = $"({modes})";
        if (session.IsAtWorker)
            return context.Facts.ProcessId.ToString(CultureInfo.InvariantCulture) + modes;
        bool hasFailed = context.Reloads is { Records: [.., { Result: ReloadResult.Refused }] };
        return $"master{(hasFailed ? "[ReloadFailed]" : "")}{modes}";
    }

    private static bool IsWorker(string target, int processId) => target.StartsWith('!')
        ? int.TryParse(target.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int process) && process == processId
        : target == "1";
}

using System;
using System.Collections.Generic;
using System.IO;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Printing;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// <c>hawser fmt FILE…</c>: canonical layout on standard output; <c>-w</c> writes it into the files, <c>--check</c>
/// only names the files whose layout differs, and then ends with status 1.
/// </summary>
internal static class FormatCommand
{
    private const string WriteSwitch = "-w";
    private const string CheckSwitch = "--check";
    private const string Usage = "Usage: hawser fmt [-w | --check] <file|dir>...\n";

    public static int Run(string[] arguments)
    {
        FileArguments? read = FileArguments.Read(arguments, [WriteSwitch, CheckSwitch], out string error);
        if (read is null)
        {
            ProcessMessages.WriteAll(StandardStreams.Error, $"hawser fmt: {error}\n{Usage}");
            return ExitStatus.Unreadable;
        }
        ProcessMessages messages = new(FindingReport.ToolName, ProductVersion.Full);
        List<ConfigurationSource>? sources = ConfigurationFiles.Read(read.Files, messages);
        if (sources is null) return ExitStatus.Unreadable;
        int status = ExitStatus.Success;
        foreach (ConfigurationSource source in sources)
        {
            byte[] formatted = ConfigurationFormatter.Format(source.Name, source.Content);
            bool isSame = source.Content.Span.SequenceEqual(formatted);
            if (read.Flags.Contains(CheckSwitch))
            {
                if (isSame) continue;
                ProcessMessages.WriteAll(StandardStreams.Output, source.Name + "\n");
                status = ExitStatus.Failure;
            }
            else if (!read.Flags.Contains(WriteSwitch)) StandardStreams.Write(formatted);
            else if (!isSame && !TryReplace(source.Name, formatted, messages)) return ExitStatus.Unreadable;
        }
        return status;
    }

    /// <summary>Beside the file first, then in its place: an interrupted run leaves the old file or the new one.</summary>
    private static bool TryReplace(string path, byte[] content, ProcessMessages messages)
    {
        string target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        string beside = $"{target}.{Environment.ProcessId}.new";
        try
        {
            File.WriteAllBytes(beside, content);
            if (OperatingSystem.IsLinux()) File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            File.Move(beside, target, overwrite: true);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            messages.Alert($"cannot write {path}: {failure.Message}");
            return false;
        }
    }
}

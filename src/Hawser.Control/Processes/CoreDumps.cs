using System;
using System.Globalization;
using System.IO;
using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>"set-dumpable": lets the system write a core file of a process that has changed its identity.</summary>
public static unsafe class CoreDumps
{
    /// <summary>Private and shared mappings of files, beside what the system includes by default (core(5)).</summary>
    private const uint FileMappings = 0x0C;
    private const string Filter = "/proc/self/coredump_filter";

    /// <summary>
    /// "libs": a core file holds the program and its libraries as they are mapped, so that nobody has to find the same
    /// ones again. The kernel writes them from where they are: nothing is copied, as HAProxy has to. Before a "chroot".
    /// </summary>
    public static void IncludeLibraries(ProcessMessages messages)
    {
        try
        {
            uint filter = uint.Parse(File.ReadAllText(Filter).AsSpan().Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            File.WriteAllText(Filter, string.Create(CultureInfo.InvariantCulture, $"0x{filter | FileMappings:x}\n"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            messages.MainWarning($"'set-dumpable libs': {Filter} could not be changed: {failure.Message}");
        }
    }

    /// <summary>
    /// Lifts the limits of file and core sizes, then marks the process as dumpable, which a change of identity undoes.
    /// </summary>
    public static void Allow(ProcessMessages messages)
    {
        LibcProcess.ResourceLimit none = new() { Soft = LibcProcess.Unlimited, Hard = LibcProcess.Unlimited };
        bool isDone = LibcProcess.setrlimit(LibcProcess.LimitFileSize, &none) == 0
            & LibcProcess.setrlimit(LibcProcess.LimitCore, &none) == 0
            & LibcProcess.prctl(LibcProcess.SetDumpable, 1, 0, 0, 0) == 0;
        if (!isDone) messages.MainWarning("'set-dumpable': some limit of core files could not be lifted.");
    }
}

using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>"set-dumpable": lets the system write a core file of a process that has changed its identity.</summary>
public static unsafe class CoreDumps
{
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

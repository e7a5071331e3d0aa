using System.Collections.Generic;
using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>The processes that this one replaces (<c>-sf</c>, <c>-st</c>).</summary>
public static class OldProcesses
{
    /// <summary>
    /// Sends the signal to each. One that has gone already is not an error: such lists come from old pid files.
    /// </summary>
    public static void Tell(IReadOnlyList<int> processes, Signal signal)
    {
        foreach (int process in processes) _ = LibcProcess.kill(process, (int)signal);
    }
}

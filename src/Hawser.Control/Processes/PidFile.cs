using System.Globalization;
using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>The file that tells scripts which process to signal (<c>-p</c>, <c>pidfile</c>); daemon mode only.</summary>
public static unsafe class PidFile
{
    private const uint Mode = 0b110_100_100;

    /// <summary>
    /// Replaces the file's content by the number of this process. Called after the listeners are bound and before
    /// <c>chroot</c>, so that a failed start leaves the old file alone. False: reported.
    /// </summary>
    public static bool TryWrite(string path, ProcessMessages messages)
    {
        int descriptor = LibcProcess.open(
            path,
            LibcProcess.OpenWriteOnly | LibcProcess.OpenCreate | LibcProcess.OpenTruncate | LibcProcess.CloseOnExec,
            Mode);
        if (descriptor < 0)
        {
            messages.MainAlert($"Cannot create pidfile {path}");
            return false;
        }
        ProcessMessages.WriteAll(
            descriptor, string.Create(CultureInfo.InvariantCulture, $"{LibcProcess.getpid()}\n"));
        _ = LibcProcess.close(descriptor);
        return true;
    }
}

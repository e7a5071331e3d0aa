using System;
using System.Formats.Tar;
using System.IO;
using Hawser.Control.Processes;
using Hawser.Io.Interop;

namespace Hawser.Commands;

/// <summary>
/// <c>-dA</c>: the executable and the shared objects it has loaded, in a tar file below <c>core-PID</c>, for whoever is
/// to read a core dump of this process elsewhere.
/// </summary>
internal static class LibraryArchive
{
    /// <summary>False: reported.</summary>
    public static bool TryWrite(string archive, ProcessMessages messages)
    {
        try
        {
            using FileStream file = File.Create(archive);
            using TarWriter writer = new(file, TarEntryFormat.Ustar);
            foreach (string path in LoadedLibraries.Paths())
            {
                // Code may be mapped from what has no name any more.
                if (File.Exists(path)) writer.WriteEntry(path, $"core-{LibcProcess.getpid()}{path}");
            }
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            messages.Alert($"Cannot create output file to dump dependencies: {error.Message}");
            return false;
        }
    }
}

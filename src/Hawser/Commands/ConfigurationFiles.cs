using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using Hawser.Config.Binding;
using Hawser.Control.Processes;
using Hawser.Io.Interop;

namespace Hawser.Commands;

/// <summary>The files that <c>-f</c> and <c>--</c> name, read once and in order (management.txt, chapter 3).</summary>
internal static unsafe class ConfigurationFiles
{
    private const string Extension = ".cfg";
    private const int ChunkBytes = 65_536;

    /// <summary>Null when one cannot be read: reported. Empty when only empty directories were named.</summary>
    public static List<ConfigurationSource>? Read(IReadOnlyList<string> paths, ProcessMessages messages) =>
        Read(paths, messages.Alert);

    /// <inheritdoc cref="Read(IReadOnlyList{string}, ProcessMessages)"/>
    public static List<ConfigurationSource>? Read(IReadOnlyList<string> paths, Action<string> alert)
    {
        List<ConfigurationSource> sources = [];
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                foreach (string file in InDirectory(path))
                {
                    if (!TryAdd(file, sources, alert)) return null;
                }
            }
            else if (!TryAdd(path, sources, alert))
            {
                return null;
            }
        }
        return sources;
    }

    /// <summary>Bytes of a file, or null with the error number.</summary>
    public static byte[]? ReadBytes(string path, out int error)
    {
        error = 0;
        int descriptor = LibcProcess.open(path, LibcProcess.CloseOnExec, 0);
        if (descriptor < 0)
        {
            error = Marshal.GetLastPInvokeError();
            return null;
        }
        // The length is a guess only: a pipe or /dev/stdin has none, and a file may grow meanwhile.
        using MemoryStream content = new(LengthOf(path));
        byte[] chunk = new byte[ChunkBytes];
        fixed (byte* start = chunk)
        {
            while (true)
            {
                nint count = LibcProcess.read(descriptor, start, ChunkBytes);
                if (count < 0)
                {
                    error = Marshal.GetLastPInvokeError();
                    if (error == LibcProcess.Interrupted) continue;
                    break;
                }
                if (count == 0) break;
                content.Write(chunk, 0, (int)count);
            }
        }
        _ = LibcProcess.close(descriptor);
        if (error != 0) return null;
        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    private static int LengthOf(string path)
    {
        FileInfo file = new(path);
        return file.Exists && file.Length <= Array.MaxLength ? (int)file.Length : 0;
    }

    private static bool TryAdd(string path, List<ConfigurationSource> sources, Action<string> alert)
    {
        byte[]? bytes = ReadBytes(path, out int error);
        if (bytes is null)
        {
            string reason = Marshal.GetPInvokeErrorMessage(error);
            alert(error == LibcProcess.NoSuchEntry
                ? $"config : Cannot open configuration file/directory {path} : {reason}"
                : $"config : Could not open configuration file {path} : {reason}");
            return false;
        }
        sources.Add(new ConfigurationSource(path, bytes));
        return true;
    }

    private static List<string> InDirectory(string directory)
    {
        List<string> files = [];
        foreach (string file in Directory.GetFiles(directory))
        {
            string name = Path.GetFileName(file);
            if (!name.StartsWith('.') && name.EndsWith(Extension, StringComparison.Ordinal)) files.Add(file);
        }
        files.Sort(string.CompareOrdinal);
        return files;
    }
}

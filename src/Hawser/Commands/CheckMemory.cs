using System;
using System.Collections.Generic;
using Hawser.Config.Binding;

namespace Hawser.Commands;

/// <summary>
/// The heap of a check (<c>-c</c>): all that is read and built stays until the process ends a moment later, and a
/// collection would do nothing but copy it.
/// </summary>
internal static class CheckMemory
{
    /// <summary>Smaller files are read before the first collection would come.</summary>
    private const int FewestBytes = 256 * 1024;

    /// <summary>What a byte of a file becomes, with room: 40 for short lines of servers.</summary>
    private const long HeapPerByte = 64;

    private const long MostBytes = 1L << 30;

    /// <summary>No collection until more than this is needed. Without so much memory all is as ever.</summary>
    public static void Reserve(List<ConfigurationSource> sources)
    {
        long bytes = 0;
        foreach (ConfigurationSource source in sources) bytes += source.Content.Length;
        if (bytes < FewestBytes) return;
        try
        {
            _ = GC.TryStartNoGCRegion(Math.Min(bytes * HeapPerByte, MostBytes));
        }
        catch (ArgumentOutOfRangeException)
        {
            // More than a limit of the container allows.
        }
    }
}

using System;
using System.IO;

namespace Hawser.Commands;

/// <summary>The descriptors every process is born with.</summary>
internal static class StandardStreams
{
    public const int Output = 1;
    public const int Error = 2;

    /// <summary>Bytes as they are: a configuration may hold some that are no text.</summary>
    public static void Write(ReadOnlySpan<byte> content)
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(content);
    }
}

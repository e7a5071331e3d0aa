using System;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Files that lines name, and that are read with the configuration.</summary>
/// <param name="read">Null for a file that cannot be read.</param>
/// <param name="bufferBytes">Of the moment: <c>tune.bufsize</c> counts for the lines below it.</param>
public sealed class NamedFiles(FilePaths paths, Func<string, byte[]?> read, Func<int> bufferBytes)
{
    /// <summary>Nothing can be read.</summary>
    public static NamedFiles None { get; } = new(new FilePaths(), static _ => null, static () => 0);

    /// <summary>What has to go out in one piece is not longer than a buffer.</summary>
    public int BufferBytes => bufferBytes();

    public byte[]? Read(Word name) => read(paths.Resolve(name.Text, name.Origin));
}

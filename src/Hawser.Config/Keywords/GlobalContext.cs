using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What keywords of the global section write to.</summary>
public sealed class GlobalContext
{
    /// <param name="directoryExists">Asked about directories that the configuration names.</param>
    /// <param name="readFile">Null for a file that cannot be read.</param>
    public GlobalContext(
        VariableScope variables, FilePaths paths, Func<string, bool> directoryExists, Func<string, byte[]?> readFile)
    {
        Files = new NamedFiles(paths, readFile, () => Config.Tuning.BufferSizeBytes ?? TuningConfig.DefaultBufferBytes);
        Variables = variables;
        Paths = paths;
        DirectoryExists = directoryExists;
    }

    public GlobalConfig Config { get; set; } = new();

    public VariableScope Variables { get; }

    public FilePaths Paths { get; }

    /// <summary>What lines of all sections may read.</summary>
    public NamedFiles Files { get; }

    public Func<string, bool> DirectoryExists { get; }

    /// <summary>Keywords seen, with their place, for those that may stand once only.</summary>
    public Dictionary<string, Origin> Seen { get; } = [];
}

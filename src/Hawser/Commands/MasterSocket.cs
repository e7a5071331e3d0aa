using System;
using System.Collections.Generic;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Syntax;
using Hawser.Control.Cli;

namespace Hawser.Commands;

/// <summary>"-S": one more "stats socket" line, which may do everything unless its options say otherwise.</summary>
internal static class MasterSocket
{
    private const string Level = "level";

    /// <summary>Empty without the switch.</summary>
    public static IEnumerable<ConfigurationSource> Source(Options options)
    {
        if (options.MasterSocket is not { } bind)
            yield break;
        string[] words = bind.Split(',');
        string level = Array.IndexOf(words, Level) > 0 ? "" : $" {Level} admin";
        yield return new ConfigurationSource(
            MasterPrefix.SourceName, ConfigText.Encode($"global\n    stats socket {string.Join(' ', words)}{level}\n"));
    }
}

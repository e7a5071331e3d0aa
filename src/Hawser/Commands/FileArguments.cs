using System.Collections.Generic;
using System.Collections.Immutable;

namespace Hawser.Commands;

/// <summary>Files and flags of the commands that rewrite configurations.</summary>
internal sealed record FileArguments(ImmutableArray<string> Files, ImmutableHashSet<string> Flags)
{
    private const string FileSwitch = "-f";

    /// <summary>Null: <paramref name="error"/> says why.</summary>
    public static FileArguments? Read(string[] arguments, ImmutableHashSet<string> flags, out string error)
    {
        List<string> files = [];
        HashSet<string> given = [];
        error = "";
        foreach (string word in arguments)
        {
            if (word == FileSwitch) continue;
            if (flags.Contains(word)) given.Add(word);
            else if (word.StartsWith('-'))
            {
                error = $"'{word}' is no switch of this command";
                return null;
            }
            else files.Add(word);
        }
        if (files.Count == 0)
        {
            error = "no file is named";
            return null;
        }
        return new FileArguments([.. files], [.. given]);
    }
}

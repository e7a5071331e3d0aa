using System;
using System.Collections.Generic;
using Hawser.Config.Model;

namespace Hawser.Control.Cli;

/// <summary>
/// Runs a command. Null: it has said everything. Else it goes on piece by piece, each time there is room.
/// </summary>
public delegate IEnumerator<CliPause>? CommandBody(CliCall call);

/// <summary>Everything known about one command.</summary>
/// <param name="Usage">As "help" shows it; its words up to the first that is no plain word are the command's name.</param>
/// <param name="Help">What "help" says of it.</param>
/// <param name="Level">What a client needs.</param>
public sealed record CommandRow(string Usage, string Help, CliLevel Level, CommandBody Run)
{
    private string[]? _words;

    /// <summary>The words a line begins with.</summary>
    public string[] Words => _words ??= (Name ?? Usage).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>When the usage has arguments: what stands before them.</summary>
    public string? Name { get; init; }

    /// <summary>Only in "expert-mode".</summary>
    public bool IsExpert { get; init; }

    /// <summary>Only in "experimental-mode".</summary>
    public bool IsExperimental { get; init; }

    /// <summary>Ends every help text, however little asked for.</summary>
    public bool IsAlwaysHelpful { get; init; }

    /// <summary>Not listed: HAProxy has it, and here it only says that it is not implemented.</summary>
    public bool IsHidden { get; init; }

    /// <summary>A command that changes nothing and shows something.</summary>
    public static CommandRow Simple(string name, string help, CliLevel level, Action<CliCall> run, string? arguments = null) =>
        new(arguments is null ? name : $"{name} {arguments}", help, level, call =>
        {
            run(call);
            return null;
        })
        { Name = name };

    /// <summary>A command whose answer may be long.</summary>
    public static CommandRow Long(
        string name, string help, CliLevel level, CommandBody run, string? arguments = null) =>
        new(arguments is null ? name : $"{name} {arguments}", help, level, run) { Name = name };
}

using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Control.Cli.Commands;

/// <summary>Commands about the connection itself: its level, its mode, its limit.</summary>
internal static class SessionCommands
{
    private const string PromptHelp =
        """
        Usage: prompt [help | n | i | p | timed]*
        How the connection goes on after a line of commands:
          help    this text
          n       it ends (no prompt, single command)
          i       it waits for the next line, without a prompt
          p       it waits for the next line, with a prompt
          timed   the prompt shows the uptime, or no longer
        Without any argument: from n and i to p, from p to n.
        """;

    public static IEnumerable<CommandRow> Rows =>
    [
        Simple("help", "list the commands that begin like this, or all of them", Help, "[<command>]") with { IsAlwaysHelpful = true },
        Simple("prompt", "stay connected, with or without a prompt", Prompt, "[help | n | i | p | timed ]*") with { IsAlwaysHelpful = true },
        Simple("quit", "disconnect", static call => call.Session.IsQuitting = true) with { IsAlwaysHelpful = true },
        Simple("echo", "print text to the output", static call => call.Info(string.Join(' ', call.Arguments.ToArray())), "<text>"),
        Simple("user", "lower the level of this session to user", static call => Lower(call, CliLevel.User)),
        CommandRow.Simple("operator", "lower the level of this session to operator", CliLevel.Operator,
            static call => Lower(call, CliLevel.Operator)),
        Simple("show cli level", "level of this session", static call => call.Output.WriteLine(CliRights.Name(call.Session.Level))),
        CommandRow.Simple("expert-mode", "allow or forbid dangerous commands in this session", CliLevel.Admin, ExpertMode, "[on|off]"),
        CommandRow.Simple("experimental-mode", "allow or forbid experimental commands in this session", CliLevel.Admin,
            ExperimentalMode, "[on|off]"),
        Simple("set severity-output", "put a severity before each message", SetSeverityOutput, "[none|number|string]"),
        Simple("set timeout", "idle limit of this session", SetTimeout, "[cli] <delay>"),
    ];

    private static CommandRow Simple(string name, string help, System.Action<CliCall> run, string? arguments = null) =>
        CommandRow.Simple(name, help, CliLevel.User, run, arguments);

    private static void Help(CliCall call) =>
        call.Context.Commands.WriteHelp(call.Output, call.Session, call.Arguments, isUnknown: false);

    private static void Prompt(CliCall call)
    {
        CliSession session = call.Session;
        CliMode mode = session.Mode;
        bool isTimed = session.IsPromptTimed;
        if (call.Arguments.IsEmpty)
            mode = mode == CliMode.Prompt ? CliMode.NonInteractive : CliMode.Prompt;
        foreach (string word in call.Arguments)
        {
            switch (word)
            {
                case "n":
                    mode = CliMode.NonInteractive;
                    break;
                case "i":
                    mode = CliMode.Interactive;
                    break;
                case "p":
                    mode = CliMode.Prompt;
                    break;
                case "timed":
                    isTimed = !isTimed;
                    mode = CliMode.Prompt;
                    break;
                default:
                    call.Info(PromptHelp);
                    return;
            }
        }

        session.Mode = mode;
        session.IsPromptTimed = isTimed;
    }

    private static void Lower(CliCall call, CliLevel level)
    {
        call.Session.Level = level;
        call.Session.IsExpert = false;
        call.Session.IsExperimental = false;
    }

    private static void ExpertMode(CliCall call)
    {
        if (TrySwitch(call, "expert-mode", call.Session.IsExpert, out bool isOn))
            call.Session.IsExpert = isOn;
    }

    private static void ExperimentalMode(CliCall call)
    {
        if (TrySwitch(call, "experimental-mode", call.Session.IsExperimental, out bool isOn))
            call.Session.IsExperimental = isOn;
    }

    /// <summary>Any word but "on" switches off; without one the state is told.</summary>
    private static bool TrySwitch(CliCall call, string name, bool isOnNow, out bool isOn)
    {
        isOn = call.Argument(0) == "on";
        if (!call.Arguments.IsEmpty)
            return true;
        call.Output.WriteLine($"{name} is {(isOnNow ? "ON" : "OFF")}");
        return false;
    }

    private static void SetSeverityOutput(CliCall call)
    {
        if (CliSeverities.TryParse(call.Argument(0), out CliSeverityOutput output))
            call.Session.SeverityOutput = output;
        else
            call.Error("one of 'none', 'number', 'string' is a required argument");
    }

    private static void SetTimeout(CliCall call)
    {
        if (call.Argument(0) != "cli")
            call.Error("'set timeout' only supports 'cli'.");
        else if (call.Argument(1).Length == 0)
            call.Error("Expects an integer value.");
        else if (TimeText.TryParse(call.Argument(1), 1_000_000, out int milliseconds, out _) != ValueError.None || milliseconds < 1)
            call.Error("Invalid timeout value.");
        else
            call.Session.Timeout = new Milliseconds(milliseconds);
    }
}

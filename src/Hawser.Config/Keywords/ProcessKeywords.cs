using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>Global keywords about the process (manual, 3.1).</summary>
internal static class ProcessKeywords
{
    private const int MaxThreads = 1024;

    public static IEnumerable<KeywordRow<GlobalContext>> Rows =>
    [
        GlobalRows.Flag("daemon", static config => config with { Daemon = true }, "run in the background"),
        GlobalRows.Row("master-worker", "[ no-exit-on-failure ]", ParseMaster, "as the switch -W"),
        GlobalRows.Flag("quiet", static config => config with { Quiet = true }, "no messages during start"),
        GlobalRows.Flag("zero-warning", static config => config with { ZeroWarning = true },
            "refuse to start when there is a warning"),
        GlobalRows.Row("nbthread", "<number>", ParseThreads, "number of event loops, one thread each"),
        GlobalRows.Row("nbproc", "<number>", ParseProcesses, "1.3 to 2.4: number of processes; threads took over"),
        GlobalRows.Text("pidfile", "<file>", "expects a file name as an argument.",
            static (config, value) => config with { ProcessIdFile = value }, "where to write the process identifiers",
            isOnceOnly: true),
        GlobalRows.Row("user", "<name>", ParseUser, "identity to take after the sockets are bound"),
        GlobalRows.Row("group", "<name>", ParseGroup, "group to take after the sockets are bound"),
        GlobalRows.Row("uid", "<number>", ParseUserId, "as user, by number"),
        GlobalRows.Row("gid", "<number>", ParseGroupId, "as group, by number"),
        GlobalRows.Text("chroot", "{ <directory> | auto }", "expects a directory as an argument.",
            static (config, value) => config with { Chroot = value }, "root directory to move to", isOnceOnly: true),
        GlobalRows.Number("ulimit-n", 0, int.MaxValue, static (config, value) => config with { MaxOpenFiles = value },
            "limit of open descriptors to set", isOnceOnly: true),
        GlobalRows.Number("fd-hard-limit", 0, int.MaxValue,
            static (config, value) => config with { FdHardLimit = value }, "upper bound of the descriptor limit",
            isOnceOnly: true),
        GlobalRows.Row("strict-limits", "", static (line, context) =>
            context.Config = context.Config with { StrictLimits = line.Negation != Negation.No },
            "fail when a limit cannot be set", isNegatable: true),
        GlobalRows.Row("set-dumpable", "[ on | off | libs ]", ParseDumpable, "allow core dumps after setuid",
            isNegatable: true),
        GlobalRows.Text("node", "<name>", "expects a name as an argument.",
            static (config, value) => config with { Node = value.Value }, "name of this node in statistics"),
        GlobalRows.Row("description", "<text>", ParseDescription, "text shown in statistics"),
        GlobalRows.Text("localpeer", "<name>", "expects a name as an argument.",
            static (config, value) => config with { LocalPeer = value.Value }, "name of this process among peers") with { Awaits = Awaited.Peers },
        GlobalRows.Time("hard-stop-after", 0, int.MaxValue,
            static (config, value) => config with { HardStopAfterMs = value }, "longest soft stop", "<time> ..."),
        GlobalRows.Time("grace", 0, int.MaxValue, static (config, value) => config with { GraceMs = value },
            "delay between the stop signal and the soft stop", "<time> ..."),
        GlobalRows.Row("close-spread-time", "<time> ...", ParseCloseSpread,
            "window over which idle connections are closed at a soft stop") with { Awaits = Awaited.HttpMode },
        GlobalRows.Row("setenv", "<name> <value>", static (line, context) => Set(line, context, true),
            "set an environment variable"),
        GlobalRows.Row("presetenv", "<name> <value>", static (line, context) => Set(line, context, false),
            "set an environment variable that does not exist"),
        GlobalRows.Row("unsetenv", "<name>...", ParseUnset, "remove environment variables"),
        GlobalRows.Row("resetenv", "[<name>...]", ParseReset, "remove all environment variables but these"),
        GlobalRows.Row("default-path", "{ current | config | parent | origin <path> }", ParseDefaultPath,
            "where relative file names start"),
        GlobalRows.Row("unix-bind", "[prefix <p>] [mode <m>] [user <u>] [uid <n>] [group <g>] [gid <n>]",
            ParseUnixBind, "defaults for unix listeners"),
        Experimental("expose-experimental-directives"),
        Experimental("expose-deprecated-directives"),
    ];

    private static KeywordRow<GlobalContext> Experimental(string name) =>
        GlobalRows.Flag(name, static config => config, "accepted; nothing is hidden here");

    private static void ParseMaster(LineCursor line, GlobalContext context)
    {
        if (line.TryTake(out Word word) && word.Text != "no-exit-on-failure")
        {
            line.RejectKeyword(DiagnosticCodes.BadChoice, "only supports 'no-exit-on-failure' option");
            return;
        }

        context.Config = context.Config with { IsMaster = true };
    }

    private static void ParseThreads(LineCursor line, GlobalContext context)
    {
        if (line.TryInteger(1, MaxThreads, out int threads))
            context.Config = context.Config with { Threads = threads };
    }

    private static void ParseProcesses(LineCursor line, GlobalContext context)
    {
        if (!line.TryInteger(1, int.MaxValue, out int processes)) return;
        line.Note(DiagnosticCodes.Legacy, line.KeywordOrigin, processes == 1
            ? "'nbproc 1' is the only choice since HAProxy 2.5: remove the line."
            : "'nbproc' is gone since HAProxy 2.5: threads are used instead, one per core.",
            processes == 1 ? null : $"write 'nbthread {processes}' to have as many threads");
    }

    private static void ParseUser(LineCursor line, GlobalContext context)
    {
        if (!line.TryExpect("expects a user name.", out Word word) || IsUserTaken(line, context)) return;
        context.Config = context.Config with { User = new Located<string>(word.Text, word.Origin) };
    }

    private static void ParseUserId(LineCursor line, GlobalContext context)
    {
        if (!TryIdentity(line, "user", out Located<int> id) || IsUserTaken(line, context)) return;
        context.Config = context.Config with { UserId = id };
    }

    private static void ParseGroup(LineCursor line, GlobalContext context)
    {
        if (!line.TryExpect("expects a group name.", out Word word) || IsGroupTaken(line, context)) return;
        context.Config = context.Config with { Group = new Located<string>(word.Text, word.Origin) };
    }

    private static void ParseGroupId(LineCursor line, GlobalContext context)
    {
        if (!TryIdentity(line, "group", out Located<int> id) || IsGroupTaken(line, context)) return;
        context.Config = context.Config with { GroupId = id };
    }

    /// <summary>HAProxy warns about a name here and goes on without it.</summary>
    private static bool TryIdentity(LineCursor line, string byName, out Located<int> id)
    {
        id = default;
        if (!line.TryExpect("expects a number.", out Word word)) return false;
        bool isNumber = NumberText.TryParse(word.Text, out long value) && value is >= 0 and <= int.MaxValue;
        id = new Located<int>((int)value, word.Origin);
        if (!isNumber)
        {
            line.Warn(DiagnosticCodes.BadNumber, word.Origin, $"{line.Keyword}: string '{word.Text}' is not a number.",
                $"you might want to use '{byName}' with a system {byName} name");
        }
        return isNumber;
    }

    private static bool IsUserTaken(LineCursor line, GlobalContext context) =>
        IsTaken(line, context.Config.User is not null || context.Config.UserId is not null, "user/uid");

    private static bool IsGroupTaken(LineCursor line, GlobalContext context) =>
        IsTaken(line, context.Config.Group is not null || context.Config.GroupId is not null, "group/gid");

    private static bool IsTaken(LineCursor line, bool isTaken, string what)
    {
        if (isTaken)
            line.Note(DiagnosticCodes.Overwritten, line.KeywordOrigin, $"{what} already specified. Continuing.");
        return isTaken;
    }

    private static void ParseDumpable(LineCursor line, GlobalContext context)
    {
        bool isOn = line.Negation != Negation.No;
        bool withLibraries = false;
        if (isOn && line.HasMore)
        {
            if (!line.TryChoice(["on", "off", "libs"], out int choice)) return;
            isOn = choice != 1;
            withLibraries = choice == 2;
        }
        context.Config = context.Config with { Dumpable = isOn, DumpsLibraries = withLibraries };
    }

    private static void ParseDescription(LineCursor line, GlobalContext context)
    {
        if (!line.HasMore) line.RejectKeyword(DiagnosticCodes.MissingArgument, "expects a string argument.");
        else context.Config = context.Config with { Description = line.TakeRest() };
    }

    private static void ParseCloseSpread(LineCursor line, GlobalContext context)
    {
        // "infinite": idle connections are left to their timeouts.
        if (line.TakeIf("infinite")) context.Config = context.Config with { CloseSpreadTimeMs = int.MaxValue };
        else if (line.TryTime(out int value)) context.Config = context.Config with { CloseSpreadTimeMs = value };
    }

    private static void Set(LineCursor line, GlobalContext context, bool replaces)
    {
        if (!line.TryExpect("expects a name and a value.", out Word name)) return;
        if (!line.TryExpect($"expects environment variable value for '{name.Text}'.", out Word value)) return;
        if (name.Text.Contains('='))
        {
            line.Reject(DiagnosticCodes.BadName, name.Origin,
                $"'{line.Keyword}' failed on variable '{name.Text}' : Invalid argument.");
        }
        else if (replaces || !context.Variables.Exists(name.Text)) context.Variables.Set(name.Text, value.Text);
    }

    private static void ParseUnset(LineCursor line, GlobalContext context)
    {
        if (!line.TryExpect("expects at least one variable name.", out Word name)) return;
        do context.Variables.Set(name.Text, null);
        while (line.TryTake(out name));
    }

    private static void ParseReset(LineCursor line, GlobalContext context)
    {
        HashSet<string> kept = [];
        while (line.TryTake(out Word word)) kept.Add(word.Text);
        foreach (string name in new List<string>(context.Variables.Names))
        {
            if (!kept.Contains(name)) context.Variables.Set(name, null);
        }
    }

    private static void ParseDefaultPath(LineCursor line, GlobalContext context)
    {
        if (!line.TryChoice(["current", "config", "parent", "origin"], out int choice)) return;
        DefaultPathKind kind = (DefaultPathKind)choice;
        string? path = null;
        if (kind == DefaultPathKind.Origin)
        {
            if (!line.TryExpect("origin expects a directory.", out Word word)) return;
            path = word.Text;
            if (!context.DirectoryExists(path))
            {
                line.Reject(DiagnosticCodes.BadAddress, word.Origin,
                    $"couldn't set '{line.Keyword}' to origin '{path}': no such directory.");
                return;
            }
        }
        context.Paths.Set(line.KeywordOrigin.Line, new DefaultPathConfig(kind, path));
    }

    private static void ParseUnixBind(LineCursor line, GlobalContext context)
    {
        UnixBindConfig unix = context.Config.UnixBind;
        while (line.HasMore)
        {
            if (!line.TryChoice(["prefix", "mode", "user", "group", "uid", "gid"], out int option)) return;
            if (!line.TryExpect("expects a value for each option.", out Word value)) return;
            int number = 0;
            bool isGood = option switch
            {
                1 => NumberText.TryParseOctal(value.Text, out number),
                4 or 5 => TryNumber(value.Text, out number),
                _ => true,
            };
            if (!isGood)
            {
                line.Reject(DiagnosticCodes.BadNumber, value.Origin, $"'unix-bind' : invalid value '{value.Text}'.");
                return;
            }
            Located<string> text = new(value.Text, value.Origin);
            unix = option switch
            {
                0 => unix with { Prefix = value.Text },
                1 => unix with { Mode = number },
                2 => unix with { User = text },
                3 => unix with { Group = text },
                4 => unix with { UserId = number },
                _ => unix with { GroupId = number },
            };
        }
        context.Config = context.Config with { UnixBind = unix };
    }

    private static bool TryNumber(string text, out int number)
    {
        bool isNumber = NumberText.TryParse(text, out long value) && value is >= 0 and <= int.MaxValue;
        number = (int)value;
        return isNumber;
    }
}

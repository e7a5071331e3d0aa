using System;
using System.Collections.Immutable;
using System.Globalization;

namespace Hawser.CommandLine;

/// <summary>All switches, in the order of the usage text. A switch that has nothing to act on here says so.</summary>
internal static class SwitchTable
{
    public static readonly ImmutableArray<SwitchRow> Rows =
    [
        Word("-f", "<file|dir>", "reads a configuration file, or every *.cfg of a directory; may be repeated",
            static (reading, word) => Do(() => reading.Files.Add(word))),
        new("--", SwitchArgument.Rest, "<file>*", "all that follows are configuration files",
            static (reading, word) => Do(() => reading.Files.Add(word))),
        Flag("-v", "displays the version; -vv adds build and features",
            static reading => reading.Outcome = OptionsOutcome.Version),
        Flag("-vv", null, static reading => reading.Outcome = OptionsOutcome.LongVersion),
        Flag("-vq", "displays the version number only; -vqs the short one, -vqb the branch",
            static reading => reading.Outcome = OptionsOutcome.ShortVersion, ProductVersion.Full),
        Flag("-vqs", null, static reading => reading.Outcome = OptionsOutcome.ShortVersion, ProductVersion.Compatible),
        Flag("-vqb", null, static reading => reading.Outcome = OptionsOutcome.ShortVersion,
            ProductVersion.CompatibleBranch),
        Set("-d", "debug mode: stays in the foreground and shows events", static options => options with { Debug = true, Foreground = true }),
        Set("-db", "stays in the foreground", static options => options with { Foreground = true }),
        new("-dM", SwitchArgument.Suffix, "[<byte>][,<option>]*", "fills fresh buffers with <byte> (default 0x50)",
            static (reading, suffix) => MemoryDebugging.Apply(reading, suffix)),
        Set("-V", "verbose: undoes -q", static options => options with { Verbose = true }),
        Set("-D", "goes into the background", static options => options with { Daemon = true }),
        Word("-C", "<dir>", "changes to <dir> before any file is read",
            static (reading, word) => Keep(reading, reading.Options with { Directory = word })),
        Set("-q", "quiet: no messages", static options => options with { Quiet = true }),
        Set("-c", "checks the configuration and exits", static options => options with { Kind = StartKind.Check }),
        Word("-cc", "<condition>", "evaluates a condition: exit status 0 true, 1 false, 2 error",
            static (reading, word) =>
                Keep(reading, reading.Options with { Kind = StartKind.Condition, Condition = word })),
        Set("-4", "resolvers use IPv4 answers only: there are none here yet", static options => options),
        Number("-n", "<n>", "sets the maximum number of connections of the process",
            static (options, number) => options with { MaxConnections = number }),
        Number("-m", "<MB>", "limits the usable memory (in MB)",
            static (options, number) => options with { MemoryMegabytes = number }),
        Number("-N", "<n>", "sets the default maximum number of connections of a proxy",
            static (options, number) => options with { DefaultProxyMaxConnections = number }),
        Word("-L", "<name>", "sets the local peer name (default: the host name)",
            static (reading, word) => Keep(reading, reading.Options with { LocalPeer = word })),
        Word("-p", "<file>", "writes the daemon's pid to this file",
            static (reading, word) => Keep(reading, reading.Options with { PidFile = word })),
        Set("-dr", "ignores server names that have no address", static options => options with { IgnoresUnresolved = true }),
        Set("-dS", "does not use splice()", static options => options with { NoSplice = true }),
        Set("-dR", "does not use SO_REUSEPORT", static options => options with { NoReusePort = true }),
        Set("-dV", "does not verify servers' certificates", static options => options with { NoServerVerify = true }),
        Set("-dW", "fails if there is any warning", static options => options with { WarningsAreFatal = true }),
        Set("-dD", "warns about suspicious statements", static options => options with { ShowsDiagnostics = true }),
        Set("-dF", "does not forward without looking (here: no splice())", static options => options with { NoSplice = true }),
        Set("-dZ", "does not forward without a copy (here: no splice())", static options => options with { NoSplice = true }),
        Set("-dL", "lists the loaded shared objects after the configuration is read",
            static options => options with { ListsLibraries = true }),
        Set("-dG", "looks names up with gethostbyname(), IPv4 only", static options => options with { NoGetAddrInfo = true }),
        new("-dA", SwitchArgument.Suffix, "<file>", "writes the loaded shared objects into a tar file", static (reading, file) =>
            file.Length == 0
                ? "-dA: missing output file name"
                : Keep(reading, reading.Options with { LibraryArchive = file })),
        Set("-dc", "shows which CPUs the process may use", static options => options with { ShowsProcessors = true }),
        new("-dK", SwitchArgument.Suffix, "<class>[,<class>]*", "lists the known keywords; -dKhelp lists the classes", Keywords),
        Set("-dI", "allows forks: nothing here forks", static options => options),
        Set("-dT", "does not use kTLS: nothing here does", static options => options),
        Set("-dp", "does not use poll(): nothing here does", static options => options),
        Set("-de", "would do without epoll(): there is nothing else here", static options => options with { NoEpoll = true }),
        Set("-dk", null, static options => options),
        Set("-dv", null, static options => options),
        new("-sf", SwitchArgument.Processes, "<pid>*", "asks these processes to finish once this one is ready",
            static (reading, word) => AddProcess(reading, word, "-sf")),
        new("-st", SwitchArgument.Processes, "<pid>*", "terminates these processes once this one is ready",
            static (reading, word) => AddProcess(reading, word, "-st")),
        Set("-W", "master-worker mode: signals, pid file and exit statuses of a master, in one process", static options => options with { Master = true }),
        Set("-Ws", "master-worker mode, and systemd is told when the service is ready, reloads and stops",
            static options => options with { Master = true, NotifiesSystemd = true }),
        Word("-S", "<bind>[,<options>]", "binds the master CLI",
            static (reading, word) => Keep(reading, reading.Options with { MasterSocket = word })),
        Word("-x", "<socket>", "takes the listening sockets of an old process over",
            static (reading, word) => Keep(reading, reading.Options with { OldSocket = word })),
        Refused("-dC", SwitchArgument.Suffix, "[<key>]",
            "dumping the tokenised file is not implemented yet; 'hawser fmt' and 'hawser show-config' print what was read"),
        Refused("-dt", SwitchArgument.Suffix, "[<trace>]", "traces are not implemented yet"),
    ];

    private static SwitchRow Flag(string name, string? help, Action<OptionsReading> act, string text = "") =>
        new(name, SwitchArgument.None, null, help, (reading, _) =>
        {
            act(reading);
            reading.Text = text;
            return null;
        });

    private static SwitchRow Set(string name, string? help, Func<Options, Options> change) =>
        new(name, SwitchArgument.None, null, help, (reading, _) => Keep(reading, change(reading.Options)));

    private static SwitchRow Word(
        string name, string argument, string help, Func<OptionsReading, string, string?> apply) =>
        new(name, SwitchArgument.Word, argument, help, apply);

    private static SwitchRow Number(string name, string argument, string help, Func<Options, int, Options> change) =>
        new(name, SwitchArgument.Word, argument, help, (reading, word) =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? Keep(reading, change(reading.Options, number))
                : $"{name}: '{word}' is not a number");

    private static SwitchRow Refused(string name, SwitchArgument kind, string? argument, string reason) =>
        new(name, kind, argument, null, (_, _) => $"{name}: {reason}");

    private static string? Keywords(OptionsReading reading, string suffix)
    {
        if (suffix == "help")
        {
            reading.Outcome = OptionsOutcome.Help;
            reading.Text = KeywordClasses.Help;
            return null;
        }

        KeywordClass classes = KeywordClass.None;
        foreach (string name in suffix.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!KeywordClasses.TryFind(name, out KeywordClass found))
                return $"-dK: no keyword class <{name}> here; -dKhelp lists them";
            classes |= found;
        }

        return Keep(reading, reading.Options with { ListedKeywords = reading.Options.ListedKeywords | classes });
    }

    private static string? AddProcess(OptionsReading reading, string word, string name)
    {
        int digits = 0;
        while (digits < word.Length && char.IsAsciiDigit(word[digits])) digits++;
        if (digits < word.Length) return $"{name} option: some bytes unconsumed in PID list {{{word[digits..]}}}";
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int process) || process == 0)
            return $"{name} option: PID out of range in PID list {{{word}}}";
        Options options = reading.Options;
        return Keep(reading, name == "-sf"
            ? options with { SoftStopped = options.SoftStopped.Add(process) }
            : options with { Terminated = options.Terminated.Add(process) });
    }

    private static string? Keep(OptionsReading reading, Options options)
    {
        reading.Options = options;
        return null;
    }

    private static string? Do(Action act)
    {
        act();
        return null;
    }
}

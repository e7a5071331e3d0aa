using System.Collections.Immutable;
using System.Linq;

namespace Hawser.Config.Diagnostics;

/// <summary>The documentation of every code of the reader; <c>docs/diagnostics.md</c> is made from it.</summary>
public static class DiagnosticCatalog
{
    public const string Page = "docs/diagnostics.md";

    public static readonly ImmutableArray<CodeDescription> Rows =
    [
        Row(DiagnosticCodes.BadText, "A line cannot be cut into words",
            "A quote or a brace is not closed, an escape is wrong, a byte is NUL, a line has more than 64 words, an argument "
            + "in the middle is empty, or the last line has no line feed. The line is skipped.",
            "Close the quote; write `\\` before a quote, blank or `#` that is meant literally; end the file with a line feed."),
        Row(DiagnosticCodes.BadDirective, "A directive is wrong",
            "A word that begins with a dot is no directive, stands alone (`.else` without `.if`), has too many arguments, or a block is not ended.",
            "The directives are `.if`, `.elif`, `.else`, `.endif`, `.diag`, `.notice`, `.warning` and `.alert`."),
        Row(DiagnosticCodes.BadCondition, "A condition cannot be evaluated",
            "The expression behind `.if` or `.elif` is not one. All branches of the block are skipped, so that one mistake gives one message.",
            "See the manual, 2.4, for the predicates; `hawser -cc '<condition>'` tries one."),
        Row(DiagnosticCodes.UserMessage, "A message of the configuration itself",
            "A `.diag`, `.notice`, `.warning` or `.alert` line was reached.", "What the message says."),
        Row(DiagnosticCodes.UnknownKeyword, "Unknown keyword",
            "The first word or words of a line are no keyword of the section.",
            "Follow the did-you-mean, or look whether the line stands in the right section."),
        Row(DiagnosticCodes.UnknownOption, "Unknown option of a line",
            "A word behind the address of a `bind` or `server` line is no option of it. The rest of the line is not read: it may belong to that option.",
            "Follow the did-you-mean."),
        Row(DiagnosticCodes.OutOfSection, "A line before the first section",
            "A keyword stands before any `global`, `defaults`, `frontend`, `backend`, `listen` …", "Open a section first."),
        Row(DiagnosticCodes.NotInThisSection, "Not allowed in this section",
            "The keyword exists, and not here: it needs a frontend, a backend, or may not stand in `defaults`.",
            "Move the line."),
        Row(DiagnosticCodes.NotNegatable, "`no` or `default` before a keyword that has none",
            "Only options and a few other keywords can be negated.", "Remove the line that sets it instead."),
        Row(DiagnosticCodes.MissingArgument, "An argument is missing", "The line ends before a value that the keyword needs.",
            "Add what the message asks for."),
        Row(DiagnosticCodes.UnexpectedArgument, "An argument too many", "Something stands behind the last argument the keyword takes.",
            "Remove it, or put quotes around a value with blanks."),
        Row(DiagnosticCodes.BadNumber, "Not a number", "A whole number was expected.", "Write digits only, with a sign where that makes sense."),
        Row(DiagnosticCodes.OutOfRange, "Out of range", "The value is outside the range that the message names.", "Choose one inside."),
        Row(DiagnosticCodes.BadTime, "Not a time", "A time is a whole number and a unit, at most 2,147,483,647 ms.",
            "Units are `us`, `ms` (the default), `s`, `m`, `h`, `d`."),
        Row(DiagnosticCodes.BadSize, "Not a size", "A size is a whole number of bytes, or with `k`, `m` or `g`.", "Write it that way."),
        Row(DiagnosticCodes.BadChoice, "Not one of the choices", "The keyword takes one of a few words, and this is none of them.",
            "Follow the did-you-mean, or take one of the list."),
        Row(DiagnosticCodes.BadAddress, "Not an address", "An address, its family or its port cannot be read, or is of a kind that cannot stand here.",
            "See the manual, 11, for the forms of addresses."),
        Row(DiagnosticCodes.BadName, "Not a name", "A name has a character that names may not have.",
            "Letters, digits, `-`, `_`, `.` and `:` are allowed."),
        Row(DiagnosticCodes.Conflict, "Settings that exclude one another", "Two settings of a line or section cannot be had together.", "Remove one."),
        Row(DiagnosticCodes.Overwritten, "Set twice", "A setting was already given in this section; the message says which one stands.", "Remove one."),
        Row(DiagnosticCodes.BadSectionLine, "The first line of a section is wrong", "A section's name is missing or has a character that names may not have.",
            "Correct the line; the section's lines were skipped."),
        Row(DiagnosticCodes.BadLogging, "A log format or log target cannot be used",
            "A `log-format` has an unknown variable, flag or fetch, or a `log` line names a target that cannot be opened.",
            "Follow the did-you-mean; see the manual, 8.2.6."),
        Row(DiagnosticCodes.DuplicateProxy, "Two sections with one name", "Two frontends, two backends or two referenced defaults sections have one name.", "Rename one."),
        Row(DiagnosticCodes.DuplicateServer, "Two servers with one name", "Two servers of one backend have one name.", "Rename one."),
        Row(DiagnosticCodes.DuplicateId, "One id twice", "Two proxies, listeners or servers have the same `id`.", "Give one another id, or remove it."),
        Row(DiagnosticCodes.UnknownDefaults, "Unknown defaults section", "`from` names a defaults section that does not stand above.", "Follow the did-you-mean, or move the defaults up."),
        Row(DiagnosticCodes.UnknownBackend, "Unknown backend", "`default_backend` or `use_backend` names no backend.", "Follow the did-you-mean."),
        Row(DiagnosticCodes.IncompatibleBackend, "A backend of another mode, or itself", "Frontend and backend are of different modes, or a section names itself.", "Give both the same `mode`."),
        Row(DiagnosticCodes.MissingTimeouts, "Timeouts are missing", "`timeout client`, `connect` or `server` is not set: a vanished peer is never found out.", "Set all three, in `defaults`."),
        Row(DiagnosticCodes.NoBind, "A frontend without listener", "A frontend or listen section has no `bind`.", "Add one, or make it a `backend`."),
        Row(DiagnosticCodes.BadTracking, "`track` leads nowhere", "A server tracks one that does not exist, is not checked, or tracks in a circle.", "Name a server that has `check`."),
        Row(DiagnosticCodes.NeedsHttpMode, "Needs `mode http`", "A setting means something in http mode only, and the section is not in it.", "Set `mode http`, or remove it."),
        Row(DiagnosticCodes.NoCheckPort, "A check without port", "A server is checked and neither its address nor its checks name a port.", "Add `port` to the server."),
        Row(DiagnosticCodes.NoGlobalLog, "A log format without log", "A log format is set, and nothing says where to log to.", "Add `log global` and a `log` line in `global`."),
        Row(DiagnosticCodes.IgnoredForThisSide, "Without meaning on this side", "The keyword belongs to the other side (frontend or backend), and is ignored.", "Move the line."),
        Row(DiagnosticCodes.UnresolvedAddress, "An address that leads nowhere",
            "The name of a server, a `source` or a `bind` could not be looked up when the configuration was put together.",
            "Correct the name, or let the server start without address: `init-addr last,libc,none`, or `-dr`."),
        Row(DiagnosticCodes.UnknownThread, "A thread that does not exist",
            "A `bind` line names only threads, or a thread group, that the process does not have.",
            "Compare with `nbthread`; there is one thread group."),
        Row(DiagnosticCodes.UnknownUser, "Unknown user or group",
            "The owner of a UNIX socket, or `user` or `group` of the global section, is not in the system's user or group database.",
            "Correct the name, or write the number with `uid` or `gid`."),
        Row(DiagnosticCodes.DuplicateSection, "Two sections of one type with one name",
            "A section that other lines name, such as `peers` or `cache`, is there twice.",
            "Rename one of them."),
        Row(DiagnosticCodes.SuspiciousTime, "A time that is probably meant in seconds",
            "A number below 100 without a unit counts milliseconds, which is hardly ever meant. HAProxy 3.5 warns too.",
            "Write the unit: `5s`, or `5ms`."),
        Row(DiagnosticCodes.NeedsRetries, "Fast open without retries",
            "With `tfo` the first data goes out with the handshake and is lost when the connection fails; only a retry on " +
            "the same data saves it.",
            "Add `retry-on conn-failure empty-response response-timeout`, or remove `tfo`."),
        Row(DiagnosticCodes.RuleOrder, "A rule below rules of a later stage",
            "Rules are processed stage by stage: `tcp-request connection`, `session`, `content`, `monitor fail`, `http-request`, " +
            "`redirect`, `use_backend`, `use-server`. This one is processed before those above it.",
            "Move the line up, so that the file reads as it acts."),
        Row(DiagnosticCodes.UnknownServer, "Unknown server", "`from srv:` names no server and no named `default-server` that stands before.", "Follow the did-you-mean, or move the line behind it."),
        Row(DiagnosticCodes.Legacy, "An older spelling", "The line was understood; its spelling is that of an older release.", "The hint has today's."),
        Row(DiagnosticCodes.WithoutEffect, "Accepted, without effect", "The setting tunes something that Hawser does not have.", "Nothing; remove it if the notice disturbs."),
        Row(DiagnosticCodes.Removed, "Removed from HAProxy", "HAProxy does not have the keyword any more, and it is not translated.", "The hint has the keyword of today where there is one."),
        Row(DiagnosticCodes.Deprecated, "Deprecated by HAProxy",
            "The keyword still works, and HAProxy has announced its end.",
            "The message has its successor."),
        Row(DiagnosticCodes.NotImplemented, "Not implemented yet", "HAProxy has the keyword, and Hawser does not yet: starting without it would change what the configuration means.",
            "Remove the line, or stay with HAProxy for this configuration. `hawser -vv` lists what works."),
        Row(DiagnosticCodes.SectionNotImplemented, "A section that is not implemented yet", "As for keywords; the section's lines were skipped.", "As for keywords."),
        Row(DiagnosticCodes.ModeNotImplemented, "A mode that is not implemented yet", "As for keywords; what is missing inside that mode is not listed line by line.", "As for keywords."),
    ];

    /// <summary>Null for a code that nobody has written about: a test forbids that.</summary>
    public static CodeDescription? Find(string code) => Rows.FirstOrDefault(row => row.Code == code);

    private static CodeDescription Row(string code, string title, string meaning, string remedy) =>
        new(code, title, meaning, remedy, Page);
}

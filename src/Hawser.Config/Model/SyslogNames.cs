using System.Collections.Immutable;

namespace Hawser.Config.Model;

/// <summary>Names of syslog facilities and levels in the order of their numbers (manual, 4.2 "log").</summary>
public static class SyslogNames
{
    public static readonly ImmutableArray<string> Facilities =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news",
        "uucp", "cron", "auth2", "ftp", "ntp", "audit", "alert", "cron2",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    public static readonly ImmutableArray<string> Levels =
    [
        "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug",
    ];
}

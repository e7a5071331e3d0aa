namespace Hawser.Proxy.Logging;

/// <summary>The severities of RFC 5424 section 6.2.1 under HAProxy's names; a lower number is more severe.</summary>
public enum SyslogLevel : byte
{
    Emerg = 0,
    Alert = 1,
    Crit = 2,
    Err = 3,
    Warning = 4,
    Notice = 5,
    Info = 6,
    Debug = 7,
}

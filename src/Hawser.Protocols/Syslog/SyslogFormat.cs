namespace Hawser.Protocols.Syslog;

/// <summary>What stands before the text of a message: the <c>format</c> of a <c>log</c> line (manual section 4.2).</summary>
public enum SyslogFormat : byte
{
    /// <summary>&lt;PRI&gt;Nov 23 09:08:01 TAG[PID]:</summary>
    Local,

    /// <summary>&lt;PRI&gt;Nov 23 09:08:01 HOST TAG[PID]:</summary>
    Rfc3164,

    /// <summary>&lt;PRI&gt;1 2026-11-23T09:08:01.123456+01:00 HOST TAG PID - DATA</summary>
    Rfc5424,

    /// <summary>&lt;PRI&gt;</summary>
    Priority,

    /// <summary>&lt;LEVEL&gt;</summary>
    Short,

    /// <summary>&lt;LEVEL&gt;2026-11-23T09:08:01.123456+01:00</summary>
    Timed,

    /// <summary>2026-11-23T09:08:01.123456+01:00</summary>
    Iso,

    /// <summary>Nothing.</summary>
    Raw,
}

using Hawser.Expressions.LogFormat;
using Hawser.Protocols.Syslog;

namespace Hawser.Proxy.Logging;

/// <summary>What a target does with the lines of one step.</summary>
/// <param name="Format">Null: what the proxy has.</param>
/// <param name="StructuredData">Null: what the proxy has.</param>
public sealed record LogProfileStep(bool IsDropped, LogFormat? Format, LogFormat? StructuredData);

/// <summary>A "log-profile" section at run time (manual, section 8.3.5). Immutable, shared by all loops.</summary>
/// <param name="name">Of the section.</param>
/// <param name="sender">With its own tag; null: the proxy's.</param>
/// <param name="steps">By <see cref="LogOrigin"/>; null where "any" is meant, if there is one.</param>
public sealed class LogProfile(string name, SyslogSender? sender, LogProfileStep?[] steps)
{
    public string Name => name;

    public SyslogSender? Sender => sender;

    /// <summary>One of its formats shows what the kernel has measured of the connections.</summary>
    public bool ReadsConnection { get; init; }

    /// <summary>Null: it changes nothing at this step.</summary>
    public LogProfileStep? At(LogOrigin origin) => steps[(int)origin];
}

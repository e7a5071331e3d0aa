using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.LogFormat;

/// <summary>Writes an alias's value, once, by one of the writer's Write methods.</summary>
public delegate void AliasEvaluator(SampleSource source, ref LogFormatWriter writer);

/// <summary>Where an alias means something (the R column of the table in manual section 8.2.6).</summary>
public enum AliasRestriction : byte
{
    None,

    /// <summary>H: mode http only. In a tcp proxy it is accepted and writes what an absent request gives.</summary>
    Http,

    /// <summary>S: TLS only. Writes what an absent value gives elsewhere.</summary>
    Tls,

    /// <summary>L: log lines only.</summary>
    Log,
}

/// <summary>One log-format alias, <c>%name</c> (manual, section 8.2.6).</summary>
/// <param name="Name">Without the percent sign.</param>
/// <param name="AvailableFrom">The earliest step of a session at which the value is final.</param>
/// <param name="Evaluate">A static method: no state but the source's.</param>
/// <param name="Since">First version of HAProxy that has it.</param>
/// <param name="Description">One line for the reference page.</param>
public sealed record AliasRow(
    string Name,
    AliasRestriction Restriction,
    AvailableFrom AvailableFrom,
    AliasEvaluator Evaluate,
    string Since,
    string Description);

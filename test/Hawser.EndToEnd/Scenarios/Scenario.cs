using System;
using System.Threading.Tasks;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>One row: what is configured, what client and servers do, what is compared.</summary>
/// <param name="Name">A sentence about behaviour.</param>
/// <param name="Configuration">
/// Configuration text with places to fill in (<see cref="ConfigurationTemplate"/>); appended to the prelude.
/// </param>
/// <param name="Play">The script of all ends.</param>
public sealed record Scenario(string Name, string Configuration, Func<Stage, Task> Play)
{
    /// <summary>Log lines that must have arrived before the proxies are stopped.</summary>
    public int LogLines { get; init; } = 1;

    /// <summary>False where the amount depends on how full the kernel's buffers were.</summary>
    public bool CountBytes { get; init; } = true;

    /// <summary>False where the scenario notes what matters about the lines itself.</summary>
    public bool CompareLog { get; init; } = true;

    /// <summary>
    /// True where the proxy shuts down and closes in the same millisecond: whether the FIN still leaves before the
    /// RST depends on whether both timers were handled in one turn.
    /// </summary>
    public bool ResetHidesFin { get; init; }

    /// <summary>Log lines of independent sessions or proxies, whose order means nothing.</summary>
    public bool AnyLogOrder { get; init; }

    /// <summary>Put before the configuration; a scenario about the global section brings its own.</summary>
    public string Prelude { get; init; } = """
        global
            log 127.0.0.1:{log} local0 debug
            nbthread 1
        defaults
            mode tcp
            log global
            option tcplog
            timeout connect 1s
            timeout client 4s
            timeout server 4s

        """;

    /// <summary>Where we follow HAProxy 3.5 and the packaged oracle is older, or differ on purpose.</summary>
    public Divergence? Divergence { get; init; }
}

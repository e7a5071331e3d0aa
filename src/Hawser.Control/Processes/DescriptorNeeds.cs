namespace Hawser.Control.Processes;

/// <summary>What of a configuration takes descriptors, apart from its connections.</summary>
/// <param name="Listeners">Sockets that listen, those of the runtime CLI included.</param>
/// <param name="Checks">Servers with a health check.</param>
/// <param name="Threads">Event loops.</param>
/// <param name="UsesSplice">Some proxy may forward through pipes.</param>
/// <param name="CliConnections"><c>stats maxconn</c>; 0 without a <c>stats</c> line.</param>
public readonly record struct DescriptorNeeds(
    int Listeners, int Checks, int Threads, bool UsesSplice, int CliConnections = 0)
{
    /// <summary>Files, logs and what libraries open for themselves.</summary>
    private const int Fixed = 10;

    /// <summary>A poller and the two ends of a wake-up.</summary>
    private const int PerThread = 3;

    /// <summary>Descriptors there must be before the first connection.</summary>
    public int Reserved => Fixed + (PerThread * Threads) + Listeners + Checks + CliConnections;
}

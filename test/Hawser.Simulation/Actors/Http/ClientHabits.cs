namespace Hawser.Simulation.Actors.Http;

/// <summary>What a client does when it has all its answers.</summary>
internal enum ClientEnd
{
    /// <summary>Closes at once.</summary>
    Closes,

    /// <summary>Says that it has said all as soon as it has; then waits.</summary>
    HalfCloses,

    /// <summary>Keeps its connection until the proxy has enough of it.</summary>
    StaysIdle,
}

/// <summary>How a client deals with its connection in mode http. Times in microseconds.</summary>
internal readonly record struct ClientHabits
{
    /// <summary>Sends all its requests without waiting for answers.</summary>
    public bool Pipelines { get; init; }

    /// <summary>Between an answer and the next request.</summary>
    public int ThinkUs { get; init; }

    /// <summary>How long a body waits for "100 Continue".</summary>
    public int ContinueUs { get; init; }

    /// <summary>The last bytes of each chunked body come so much later than the others; 0: with them.</summary>
    public int EndLateUs { get; init; }

    public ClientEnd End { get; init; }

    /// <summary>What each side says in a tunnel.</summary>
    public int TunnelBytes { get; init; }
}

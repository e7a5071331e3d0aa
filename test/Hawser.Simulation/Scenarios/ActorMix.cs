using Hawser.Simulation.Actors.Http;

namespace Hawser.Simulation.Scenarios;

/// <summary>Who takes part in a run.</summary>
internal sealed record ActorMix
{
    /// <summary>Clients and servers that misbehave.</summary>
    public bool HasOddActors { get; init; } = true;

    /// <summary>Of the actors, those who behave all the same.</summary>
    public uint PlainPercent { get; init; } = 60;

    public uint BulkPercent { get; init; }

    public int BulkBytes { get; init; } = 1;

    /// <summary>Servers refuse, fall silent, reset, come and go.</summary>
    public bool ServersFlap { get; init; }

    /// <summary>How long a server stays as it is, on average, in milliseconds.</summary>
    public int FlapEveryMs { get; init; } = 10_000;

    /// <summary>All speak HTTP; null: they exchange bytes.</summary>
    public HttpMix? Http { get; init; }

    /// <summary>Clients begin with a PROXY header, mostly a good one.</summary>
    public bool ClientsSendHeader { get; init; }
}

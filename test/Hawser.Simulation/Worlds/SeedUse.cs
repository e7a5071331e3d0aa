namespace Hawser.Simulation.Worlds;

/// <summary>Who draws from a stream of randomness.</summary>
internal enum SeedUse : byte
{
    Scenario = 1,
    Faults,
    Links,
    Clients,
    Servers,
    ServerStates,
    Scheduling,
    Proxy,
    Disturbances,
    Patterns,
    Answers,
}

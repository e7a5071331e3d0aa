namespace Hawser.Proxy.Checks;

/// <summary>What an operator may say of a server's health (management manual, "set server … health").</summary>
public enum ServerHealth
{
    Up,
    Stopping,
    Down,
}

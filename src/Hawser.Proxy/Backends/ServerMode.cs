namespace Hawser.Proxy.Backends;

/// <summary>What an operator may say of a server (management manual, "set server … state").</summary>
public enum ServerMode
{
    Ready,
    Drain,
    Maintenance,
}

namespace Hawser.Proxy.Backends;

/// <summary>
/// What a session goes through once a backend is chosen. The rules know sessions, so they live above: a backend only
/// holds them.
/// </summary>
public abstract class BackendRuleSet
{
}

namespace Hawser.Proxy.Backends;

/// <summary>
/// What a backend's mode knows beyond servers and queues. It knows sessions, so it lives above: a backend only holds it.
/// </summary>
public abstract class BackendProtocol
{
}

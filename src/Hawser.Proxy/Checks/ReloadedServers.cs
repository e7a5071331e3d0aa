using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Checks;

/// <summary>The servers of a whole configuration that a reload touches.</summary>
/// <param name="Changed">With what the line before said of "disabled".</param>
public sealed record ReloadedServers(Server[] Added, Server[] Removed, (Server Server, bool WasDisabled)[] Changed);

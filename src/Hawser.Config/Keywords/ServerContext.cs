using Hawser.Config.Model;

namespace Hawser.Config.Keywords;

/// <summary>What options of a server, default-server or server-template line write to.</summary>
public sealed class ServerContext
{
    /// <summary>Filled in place; nobody else has it yet.</summary>
    public required ServerConfig Server { get; init; }

    public required ProxyContext Proxy { get; init; }

    /// <summary>A template takes everything but what names one server.</summary>
    public bool IsDefaultServer { get; init; }
}

using System.Linq;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>A backend that nobody has written: an operator adds it to a running process ("add backend").</summary>
public static class RuntimeBackend
{
    /// <summary>Stands for a file where such backends are read behind the files: no file has such a name.</summary>
    public const string Source = "<added at run time>";

    /// <param name="defaults">The section it inherits from, which does not forbid that.</param>
    /// <param name="mode">Null: that of <paramref name="defaults"/>.</param>
    /// <param name="warning">What a start would warn of; null: nothing.</param>
    public static ProxyConfig Create(ProxyConfig defaults, string name, ProxyMode? mode, string? guid, int id, out string? warning)
    {
        Origin origin = Origin.None;
        ProxyConfig backend = defaults with
        {
            Name = name,
            Kind = ProxyKind.Backend,
            Origin = origin,
            AddedFrom = defaults.Name,
            Mode = mode ?? defaults.Mode,
            IsUnpublished = true,
            Guid = guid is null ? null : new Located<string>(guid, origin),
            Rules = [.. defaults.Rules.Select(static rule => rule with { IsInherited = true })],
        };
        backend.Id = id;
        ProxyConfig usable = ModelFinisher.FallBack(backend);
        bool isOther = usable.Balance.Algorithm != backend.Balance.Algorithm;
        warning = isOther ? ModeValidator.NoHashing(backend) : null;
        return usable;
    }

    /// <summary>
    /// A server that is added at run time, under a number that its line need not say. Its name is not looked up: that may
    /// take a while.
    /// </summary>
    public static ServerConfig Complete(ServerConfig server, int id)
    {
        ServerConfig complete = server with { };
        complete.Id = id;
        if (server.Address.Kind == AddressKind.HostName)
            complete.InitAddress = [new InitAddressStep(InitAddressMethod.None)];
        return complete;
    }
}

using System.Linq;
using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>What <c>unix-bind</c> adds to the bind lines of UNIX sockets (manual, 3.1); the line itself wins.</summary>
internal static class UnixDefaults
{
    public static BindConfig Apply(BindConfig bind, UnixBindConfig defaults)
    {
        if (!bind.Addresses.Any(static address => address.IsUnix)) return bind;
        bool hasUser = bind.User is not null || bind.UserId is not null;
        bool hasGroup = bind.Group is not null || bind.GroupId is not null;
        return bind with
        {
            Addresses = [.. bind.Addresses.Select(address => WithPrefix(address, defaults.Prefix))],
            Mode = bind.Mode ?? defaults.Mode,
            User = hasUser ? bind.User : defaults.User,
            UserId = hasUser ? bind.UserId : defaults.UserId,
            Group = hasGroup ? bind.Group : defaults.Group,
            GroupId = hasGroup ? bind.GroupId : defaults.GroupId,
        };
    }

    /// <summary>Only a file has a place in the file system that a prefix could move.</summary>
    private static AddressConfig WithPrefix(AddressConfig address, string? prefix) =>
        prefix is not null && address.Kind == AddressKind.Unix ? address with { Path = prefix + address.Path } : address;
}

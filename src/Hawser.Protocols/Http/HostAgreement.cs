using System;

namespace Hawser.Protocols.Http;

/// <summary>
/// An absolute target and "Host" name the same host (RFC 9112 section 3.2.2), also after a rule has changed one of them:
/// the other one follows, as in HAProxy.
/// </summary>
public static unsafe class HostAgreement
{
    /// <summary>"Host" has another value: an absolute target gets it as its authority.</summary>
    /// <param name="room">Somewhere to put the target together.</param>
    /// <returns>False when there is no room.</returns>
    public static bool TryFollowHost(HttpMessage message, ReadOnlySpan<byte> host, Span<byte> room)
    {
        ReadOnlySpan<byte> target = message.Target.In(message.Block);
        TargetParts parts = TargetParts.Of(target);
        if (!parts.HasAuthority) return true;
        ReadOnlySpan<byte> before = target[..parts.AuthorityAt];
        ReadOnlySpan<byte> after = target[(parts.AuthorityAt + parts.AuthorityLength)..];
        if (before.Length + host.Length + after.Length + 1 > room.Length) return false;
        before.CopyTo(room);
        host.CopyTo(room[before.Length..]);
        int length = before.Length + host.Length;
        after.CopyTo(room[length..]);
        length += after.Length;
        if (message.IsPathMissing) room[length++] = (byte)'/';
        return message.TrySetTarget(room[..length]);
    }

    /// <summary>The target is another one: "Host", where there is one, gets the authority of an absolute target.</summary>
    /// <returns>False when there is no room.</returns>
    public static bool TryFollowTarget(HttpMessage message)
    {
        int at = message.Find(FieldName.Host);
        ReadOnlySpan<byte> target = message.Target.In(message.Block);
        TargetParts parts = TargetParts.Of(target);
        if (at < 0 || !parts.HasAuthority) return true;
        ReadOnlySpan<byte> authority = target.Slice(parts.AuthorityAt, parts.AuthorityLength);
        return message.ValueOf(at).SequenceEqual(authority) || message.TrySetValue(at, authority[(authority.LastIndexOf((byte)'@') + 1)..]);
    }
}

using System;
using Hawser.Protocols.Http;

namespace Hawser.Proxy.Streams.Http;

/// <summary>What of a request's target a rule changes.</summary>
public enum TargetPart : byte
{
    Path,
    PathAndQuery,

    /// <summary>Behind the question mark.</summary>
    Query,
    Whole,
}

/// <summary>Reads and writes parts of a request's target, and keeps "Host" in agreement with it.</summary>
public static unsafe class TargetRewriting
{
    /// <summary>The part as it is now.</summary>
    /// <returns>False when the target has no such part: "*", or no query.</returns>
    public static bool TryGet(HttpMessage request, TargetPart part, out ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> target = request.Target.In(request.Block);
        text = target;
        if (part == TargetPart.Whole) return true;
        TargetParts parts = TargetParts.Of(target);
        if (!parts.HasPath) return false;
        text = part switch
        {
            TargetPart.Path => target.Slice(parts.PathAt, parts.PathLength),
            TargetPart.PathAndQuery => target[parts.PathAt..],
            _ => parts.QueryAt < 0 ? default : target[parts.QueryAt..],
        };
        // "http://host" is written with a slash behind it.
        if (request.IsPathMissing && part != TargetPart.Query) text = "/"u8;
        return part != TargetPart.Query || parts.QueryAt >= 0;
    }

    /// <summary>Puts another text in the place of a part; a target without that part gets it.</summary>
    /// <param name="room">Somewhere to put the target together; <paramref name="value"/> does not lie in it.</param>
    /// <returns>False when there is no room, or the target would be empty; nothing has changed then.</returns>
    public static bool TryPut(HttpMessage request, TargetPart part, ReadOnlySpan<byte> value, Span<byte> room)
    {
        ReadOnlySpan<byte> target = request.Target.In(request.Block);
        TargetParts parts = TargetParts.Of(target);
        ReadOnlySpan<byte> before = default;
        ReadOnlySpan<byte> after = default;
        switch (part)
        {
            case TargetPart.Path when parts.HasPath:
                before = target[..parts.PathAt];
                after = target[(parts.PathAt + parts.PathLength)..];
                break;
            case TargetPart.PathAndQuery when parts.HasPath:
                before = target[..parts.PathAt];
                break;
            case TargetPart.Query:
                return TryPutQuery(request, target, parts, value, room);
        }

        int length = before.Length + value.Length + after.Length;
        if (length == 0 || length > room.Length) return false;
        before.CopyTo(room);
        value.CopyTo(room[before.Length..]);
        after.CopyTo(room[(before.Length + value.Length)..]);
        if (!request.TrySetTarget(room[..length])) return false;
        return part != TargetPart.Whole || HostAgreement.TryFollowTarget(request);
    }

    private static bool TryPutQuery(HttpMessage request, ReadOnlySpan<byte> target, TargetParts parts, ReadOnlySpan<byte> value, Span<byte> room)
    {
        // A question mark that is there stays, also in front of nothing.
        if (parts.QueryAt < 0 && value.IsEmpty) return true;
        ReadOnlySpan<byte> before = parts.QueryAt < 0 ? target : target[..parts.QueryAt];
        if (before.Length + value.Length + 2 > room.Length) return false;
        before.CopyTo(room);
        int length = before.Length;
        if (request.IsPathMissing) room[length++] = (byte)'/';
        if (parts.QueryAt < 0) room[length++] = (byte)'?';
        value.CopyTo(room[length..]);
        return request.TrySetTarget(room[..(length + value.Length)]);
    }
}

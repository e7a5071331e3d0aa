using System;

namespace Hawser.Protocols.Http;

/// <summary>
/// Where the parts of a request target lie that rules look at and change (RFC 9112 section 3.2). A target that was
/// accepted is read again here, because rules may have put anything in its place.
/// </summary>
public readonly struct TargetParts
{
    private TargetParts(int authorityAt, int authorityLength, int pathAt, int pathLength, int queryAt)
    {
        AuthorityAt = authorityAt;
        AuthorityLength = authorityLength;
        PathAt = pathAt;
        PathLength = pathLength;
        QueryAt = queryAt;
    }

    /// <summary>Where the authority of an absolute target begins, user information included; -1: it has none.</summary>
    public int AuthorityAt { get; }

    public int AuthorityLength { get; }

    /// <summary>Where the path begins; -1: there is none ("*", "host:port").</summary>
    public int PathAt { get; }

    /// <summary>Without the query.</summary>
    public int PathLength { get; }

    /// <summary>Where the query begins, behind its question mark; -1: there is none.</summary>
    public int QueryAt { get; }

    public bool HasAuthority => AuthorityAt >= 0;

    public bool HasPath => PathAt >= 0;

    public static TargetParts Of(ReadOnlySpan<byte> target)
    {
        if (target.StartsWith("/"u8)) return WithPath(target, -1, 0, 0);
        int scheme = TargetText.SchemeLength(target);
        if (scheme == 0) return new TargetParts(-1, 0, -1, 0, -1);
        int length = target[scheme..].IndexOfAny("/?#"u8);
        if (length < 0) length = target.Length - scheme;
        return WithPath(target, scheme, length, scheme + length);
    }

    private static TargetParts WithPath(ReadOnlySpan<byte> target, int authorityAt, int authorityLength, int pathAt)
    {
        int question = target[pathAt..].IndexOf((byte)'?');
        int length = question < 0 ? target.Length - pathAt : question;
        return new TargetParts(authorityAt, authorityLength, pathAt, length, question < 0 ? -1 : pathAt + question + 1);
    }
}

using System;
using System.Text;
using Hawser.Config.Model;
using Hawser.Expressions.Acls;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Streams.Http;

/// <summary>"cookie" of a backend (manual, section 4.2): how clients find their server again. Immutable.</summary>
public sealed class CookiePersistence
{
    private readonly bool _isForced;

    public CookiePersistence(CookieConfig config, bool persists)
    {
        Name = Encoding.UTF8.GetBytes(config.Name);
        Mode = config.Mode;
        IsIndirect = config.IsIndirect;
        TagsCacheable = config.NoCache;
        IsPostOnly = config.PostOnly;
        Preserves = config.Preserve;
        MaxIdleSeconds = config.MaxIdleSeconds;
        MaxLifeSeconds = config.MaxLifeSeconds;
        StringBuilder attributes = new("; path=/");
        foreach (string domain in config.Domains) attributes.Append("; domain=").Append(domain);
        if (config.HttpOnly) attributes.Append("; HttpOnly");
        if (config.Secure) attributes.Append("; Secure");
        foreach (string attribute in config.Attributes) attributes.Append("; ").Append(attribute);
        Attributes = Encoding.UTF8.GetBytes(attributes.ToString());
        _isForced = persists;
    }

    public byte[] Name { get; }

    public CookieMode Mode { get; }

    /// <summary>Servers do not see the cookie that is inserted; a client that has the right one gets no other.</summary>
    public bool IsIndirect { get; }

    /// <summary>"nocache".</summary>
    public bool TagsCacheable { get; }

    public bool IsPostOnly { get; }

    public bool Preserves { get; }

    /// <summary>0: no limit.</summary>
    public int MaxIdleSeconds { get; }

    /// <summary>0: no limit.</summary>
    public int MaxLifeSeconds { get; }

    /// <summary>What follows the value in an inserted cookie.</summary>
    public byte[] Attributes { get; }

    public bool HasDates => MaxIdleSeconds > 0 || MaxLifeSeconds > 0;

    /// <summary>The log line has something to say about it: not where it is only looked at.</summary>
    public bool IsTold => Mode != CookieMode.Passive || IsIndirect;

    /// <summary>What ends the server's part of a value.</summary>
    public byte Separator => Mode == CookieMode.Prefix ? (byte)'~' : (byte)'|';

    /// <summary>The first server of that value that can be used, or, with "option persist" or by force, the first.</summary>
    /// <param name="isDown">There are only servers of that value that cannot be used.</param>
    public Server? Find(Backend backend, ReadOnlySpan<byte> value, bool isForced, out bool isDown)
    {
        isDown = false;
        foreach (Server server in backend.Servers)
        {
            if (server.Cookie is not { } cookie || !value.SequenceEqual(cookie)) continue;
            bool isUsable = server.IsUp && !server.IsInMaintenance;
            isDown = !isUsable;
            if (isUsable || isForced || _isForced) return server;
        }

        return null;
    }
}

/// <summary>One "force-persist" or "ignore-persist" line.</summary>
public sealed record PersistenceCondition(Condition Condition, PersistenceRule Rule);

/// <summary>What "force-persist" and "ignore-persist" make of a request.</summary>
public enum PersistenceRule : byte
{
    None,

    /// <summary>A server that is down is tried all the same, and never given up for another.</summary>
    Force,

    /// <summary>The cookie decides nothing, and none is inserted.</summary>
    Ignore,
}

using System;
using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Expressions.Compilation;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Building;

/// <summary>The proxies, servers and userlists that arguments of expressions name, seen from one proxy.</summary>
internal sealed class ProxyNames(
    BackendDirectory backends, List<Frontend> frontends, List<UserList> users, LoggingBuilder logging, ProxyConfig current) : NameDirectory
{
    /// <summary>
    /// Expressions are being compiled: what they name cannot be removed any more. Names that are looked up later come
    /// from requests, and bind nobody.
    /// </summary>
    public bool Binds { get; set; } = true;

    public override object? FindFrontend(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> wanted = name.IsEmpty ? current.Name : name;
        foreach (Frontend frontend in frontends)
        {
            if (wanted.SequenceEqual(frontend.Name)) return frontend;
        }

        return null;
    }

    public override object? FindBackend(ReadOnlySpan<char> name) => name.IsEmpty ? backends.Find(current.Name) : Bound(name);

    public override object? FindLogProfile(string name) => logging.FindProfile(name);

    public override object? FindUserList(string name) => users.Find(list => list.Name == name);

    public override object? FindServer(ReadOnlySpan<char> name)
    {
        int slash = name.IndexOf('/');
        if ((slash < 0 ? backends.Find(current.Name) : Bound(name[..slash])) is not { } backend) return null;
        foreach (Server server in backend.Servers)
        {
            if (name[(slash + 1)..].SequenceEqual(server.Name)) return server;
        }

        return null;
    }

    private Backend? Bound(ReadOnlySpan<char> name)
    {
        Backend? backend = backends.Find(name);
        if (Binds && backend is not null) backend.IsReferenced = true;
        return backend;
    }
}

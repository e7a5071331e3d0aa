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
    Dictionary<string, Backend> backends, List<Frontend> frontends, List<UserList> users, LoggingBuilder logging, ProxyConfig current) : NameDirectory
{
    private readonly Dictionary<string, Backend>.AlternateLookup<ReadOnlySpan<char>> _backends =
        backends.GetAlternateLookup<ReadOnlySpan<char>>();

    public override object? FindFrontend(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> wanted = name.IsEmpty ? current.Name : name;
        foreach (Frontend frontend in frontends)
        {
            if (wanted.SequenceEqual(frontend.Name)) return frontend;
        }

        return null;
    }

    public override object? FindBackend(ReadOnlySpan<char> name) =>
        _backends.TryGetValue(name.IsEmpty ? current.Name : name, out Backend? backend) ? backend : null;

    public override object? FindLogProfile(string name) => logging.FindProfile(name);

    public override object? FindUserList(string name) => users.Find(list => list.Name == name);

    public override object? FindServer(ReadOnlySpan<char> name)
    {
        int slash = name.IndexOf('/');
        if (!_backends.TryGetValue(slash < 0 ? current.Name : name[..slash], out Backend? backend)) return null;
        foreach (Server server in backend.Servers)
        {
            if (name[(slash + 1)..].SequenceEqual(server.Name)) return server;
        }

        return null;
    }
}

using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Expressions.Compilation;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Building;

/// <summary>The proxies, servers and userlists that arguments of expressions name, seen from one proxy.</summary>
internal sealed class ProxyNames(
    IReadOnlyDictionary<string, Backend> backends, List<Frontend> frontends, List<UserList> users, ProxyConfig current) : NameDirectory
{
    public override object? FindFrontend(string name) =>
        frontends.Find(frontend => frontend.Name == (name.Length == 0 ? current.Name : name));

    public override object? FindBackend(string name) =>
        backends.GetValueOrDefault(name.Length == 0 ? current.Name : name);

    public override object? FindUserList(string name) => users.Find(list => list.Name == name);

    public override object? FindServer(string name)
    {
        int slash = name.IndexOf('/');
        string owner = slash < 0 ? current.Name : name[..slash];
        if (!backends.TryGetValue(owner, out Backend? backend)) return null;
        foreach (Server server in backend.Servers)
        {
            if (server.Name == name[(slash + 1)..]) return server;
        }

        return null;
    }
}

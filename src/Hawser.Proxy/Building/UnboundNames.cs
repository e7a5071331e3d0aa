using System;
using System.Collections.Generic;
using Hawser.Expressions.Compilation;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Building;

/// <summary>
/// The names of a section that nothing is built of: a defaults section, whose rules are looked at before it is known who
/// inherits them, or a proxy that is switched off. What they mean is not looked up.
/// </summary>
internal sealed class UnboundNames(List<UserList> users, LoggingBuilder logging, bool hasServers) : NameDirectory
{
    private static readonly object s_something = new();

    public override object? FindFrontend(ReadOnlySpan<char> name) => s_something;

    public override object? FindBackend(ReadOnlySpan<char> name) => s_something;

    /// <summary>A server without its backend can only be one of the section's own.</summary>
    public override object? FindServer(ReadOnlySpan<char> name) => hasServers || name.Contains('/') ? s_something : null;

    public override object? FindTable(string name) => s_something;

    public override object? FindLogProfile(string name) => logging.FindProfile(name);

    public override object? FindUserList(string name) => hasServers ? s_something : users.Find(list => list.Name == name);
}

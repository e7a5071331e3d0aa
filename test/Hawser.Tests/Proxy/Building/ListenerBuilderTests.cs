using System;
using System.Linq;
using Hawser.Proxy.Listeners;
using Xunit;

namespace Hawser.Tests.Proxy.Building;

public sealed class ListenerBuilderTests
{
    // As "show stat" of HAProxy 3.5 with "option socket-stats" has them. 0: no id written.
    [Theory]
    [InlineData(new[] { 0, 7, 0, 3, 0, 0, 2 }, new[] { 1, 7, 8, 3, 4, 5, 2 })]
    [InlineData(new[] { 0, 1, 0, 3, 0 }, new[] { 2, 1, 4, 3, 5 })]
    [InlineData(new[] { 2, 0, 0, 1, 0 }, new[] { 2, 3, 4, 1, 5 })]
    [InlineData(new[] { 0, 0, 2 }, new[] { 1, 3, 2 })]
    [InlineData(new[] { 5, 0, 6, 0, 0, 3, 0 }, new[] { 5, 7, 6, 8, 9, 3, 4 })]
    public void Listeners_are_numbered_as_by_haproxy(int[] written, int[] expected)
    {
        string binds = string.Concat(
            written.Select(static (id, index) => $" bind 127.0.0.1:{index + 1}{(id > 0 ? $" id {id}" : "")}\n"));
        using BuiltProxies built = BuiltProxies.From("frontend f\n" + binds);
        Assert.Equal(expected, built.Set!.Listeners.Select(static listener => listener.Id));
    }

    // As "ss" shows the sockets of HAProxy 3.5.
    [Theory]
    [InlineData("", "", 33)]
    [InlineData("", "maxconn 100", 100)]
    [InlineData("maxconn 7", "maxconn 100", 7)]
    [InlineData("maxconn 7", "backlog 50", 50)]
    [InlineData("backlog 9 maxconn 7", "backlog 50", 9)]
    [InlineData("maxconn 0", "maxconn 0", 33)]
    public void The_backlog_is_as_long_as_the_nearest_limit(string bind, string frontend, int expected)
    {
        using BuiltProxies built = BuiltProxies.From($"frontend f\n bind 127.0.0.1:1 {bind}\n {frontend}");
        built.Set!.LimitFrontends(33);
        Assert.Equal(expected, Assert.Single(built.Set.Listeners).Backlog);
    }

    [Theory]
    [InlineData("v4v6 v6only")]
    [InlineData("v6only v4v6")]
    public void V6only_wins(string words)
    {
        using BuiltProxies built = BuiltProxies.From($"frontend f\n bind :::1 {words}");
        Assert.True(Assert.Single(built.Set!.Listeners).Config.IPv6Only);
    }

    [Fact]
    public void Thread_says_which_loops_accept()
    {
        using BuiltProxies built = BuiltProxies.From("frontend f\n bind 127.0.0.1:1 thread 2-3\n bind 127.0.0.1:2", loops: 4);
        Listener some = built.Set!.Listeners[0];
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(some.IsFor));
        Assert.Equal(2, some.Loops);
        Assert.True(built.Set.Listeners[1].IsFor(3));
    }

    [Theory]
    [InlineData("thread 3", "frontend 'f': 'thread' directive only references non-existing threads in 'bind 127.0.0.1:1' at [dir/test.cfg:6].")]
    [InlineData("thread 2/1", "frontend 'f': 'thread' directive references non-existing thread group 2 in 'bind 127.0.0.1:1' at [dir/test.cfg:6].")]
    [InlineData("user nobody-here", "config : parsing [dir/test.cfg:6] : 'bind 127.0.0.1:1' : 'user' : unknown user name 'nobody-here'")]
    public void What_does_not_exist_is_refused(string option, string expected)
    {
        using BuiltProxies built = BuiltProxies.From($"frontend f\n bind 127.0.0.1:1 {option}", loops: 2);
        Assert.Null(built.Set);
        Assert.Equal(expected, Assert.Single(built.Findings.Items).Message);
    }

    [Fact]
    public void The_default_number_of_sockets_comes_from_the_tuning()
    {
        using BuiltProxies built = BuiltProxies.From(
            "global\n tune.listener.default-shards by-thread\nfrontend f\n bind 127.0.0.1:1\n bind 127.0.0.1:2 shards 1\n"
            + " bind 127.0.0.1:3 thread 1-2",
            loops: 3);
        Assert.Equal(3 + 1 + 2, built.Set!.ListeningSockets);
    }

    [Fact]
    public void Unix_bind_gives_the_defaults_of_unix_listeners()
    {
        using BuiltProxies built = BuiltProxies.From(
            "global\n unix-bind prefix /run/hawser- mode 640 user root gid 7\n"
            + "frontend f\n bind unix@a.sock\n bind /b.sock mode 600 uid 5\n bind abns@c");
        Listener[] listeners = built.Set!.Listeners;
        Assert.Equal(["/run/hawser-a.sock", "/run/hawser-/b.sock", null], listeners.Select(static one => one.UnixPath));
        Assert.Equal([0, 5, 0], listeners.Select(static one => one.UserId!.Value));
        Assert.Equal([7, 7, 7], listeners.Select(static one => one.GroupId!.Value));
        Assert.Equal(
            [Convert.ToInt32("640", 8), Convert.ToInt32("600", 8), Convert.ToInt32("640", 8)],
            listeners.Select(static one => one.Config.Mode!.Value));
    }
}

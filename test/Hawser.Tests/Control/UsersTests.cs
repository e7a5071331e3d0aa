using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Control.Processes;
using Xunit;

namespace Hawser.Tests.Control;

public sealed class UsersTests
{
    [Fact]
    public void Root_is_found_and_nobody_else_by_a_made_up_name()
    {
        Assert.Equal(Users.Found, Users.TryFindUser("root", out uint user));
        Assert.Equal(0u, user);
        Assert.Equal(Users.Found, Users.TryFindGroup("root", out uint group));
        Assert.Equal(0u, group);
        Assert.NotEqual(Users.Found, Users.TryFindUser("no-such-user-here", out _));
        Assert.NotEqual(Users.Found, Users.TryFindGroup("no-such-group-here", out _));
    }

    [Fact]
    public void An_unknown_name_in_the_configuration_is_an_alert_and_all_names_are_reported()
    {
        DiagnosticBag findings = new();
        GlobalConfig global = new()
        {
            User = new Located<string>("no-such-user-here", new Origin("a.cfg", 2, 8)),
            Group = new Located<string>("no-such-group-here", new Origin("a.cfg", 3, 9)),
        };
        Assert.Null(Identity.Resolve(global, findings));
        Assert.Equal(2, findings.AlertCount);
    }
}

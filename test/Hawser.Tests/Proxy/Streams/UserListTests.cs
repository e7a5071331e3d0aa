using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Interop;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Streams;

/// <summary>Who may log in (manual, section 12.2, "userlist").</summary>
public sealed class UserListTests
{
    /// <summary>What crypt(3) makes of "secret" with SHA-256 and the salt "salt".</summary>
    private const string HashOfSecret = "$5$salt$kpa26zwgX83BPSR8d7w93OIXbFt/d3UOTZaAu5vsTM6";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wrong_password_is_refused_however_often_it_comes(bool isHashed)
    {
        UserList list = New(isHashed);
        foreach (string password in new[] { "wrong", "wrong", "secret", "wrong", "secret", "secre", "secret2", "" })
            Assert.Equal(password == "secret", IsAccepted(list, "joe", password));
    }

    [Fact]
    public void Case_counts_in_names()
    {
        UserList list = New(isHashed: false);
        Assert.True(IsAccepted(list, "joe", "secret"));
        Assert.False(IsAccepted(list, "Joe", "secret"));
        Assert.False(IsAccepted(list, "jo", "secret"));
        Assert.False(IsAccepted(list, "guest", ""));
    }

    private static bool IsAccepted(UserList list, string name, string password) =>
        list.Authenticate(Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(password)) is not null;

    private static UserList New(bool isHashed)
    {
        UserConfig joe = new() { Name = "joe", Password = isHashed ? HashOfSecret : "secret", IsHashed = isHashed };
        UserConfig guest = new() { Name = "guest" };
        return new UserList(new UserListConfig("l", [joe, guest], Origin.None), PasswordHash.Load());
    }
}

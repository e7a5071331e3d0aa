using Hawser.Control.Pages;
using Xunit;

namespace Hawser.Tests.Control.Pages;

/// <summary>As HAProxy 3.5 was seen to read them.</summary>
public sealed class PageOptionsTests
{
    [Theory]
    [InlineData("", PageFormat.Html)]
    [InlineData("foo", PageFormat.Html)]
    [InlineData(";csv", PageFormat.Csv)]
    [InlineData("?;csv", PageFormat.Csv)]
    [InlineData("?;csv;scope=b1", PageFormat.Csv)]
    [InlineData("?scope=tcpf;csv", PageFormat.Csv)]
    [InlineData(";json", PageFormat.Json)]
    [InlineData(";json-schema", PageFormat.JsonSchema)]
    [InlineData(";typed;desc", PageFormat.Typed)]
    [InlineData("/dashboard", PageFormat.Dashboard)]
    [InlineData("/dashboard?scope=a", PageFormat.Dashboard)]
    [InlineData("/dashboard/events?scope=a", PageFormat.Events)]
    public void The_format_is_found_wherever_it_stands(string rest, PageFormat format) => Assert.Equal(format, PageOptions.Read(rest).Format);

    [Fact]
    public void Switches_are_found_wherever_they_stand()
    {
        PageOptions options = PageOptions.Read("?x;norefresh;up;no-maint&scope=app;st=DONE");
        Assert.True(options.HasNoRefresh);
        Assert.True(options.HidesDown);
        Assert.True(options.HidesMaintenance);
        Assert.Equal("app", options.Scope);
        Assert.Equal("DONE", options.Outcome);
        Assert.Equal("/s;up?scope=app", options.Link("/s", ";up"));
    }

    [Theory]
    [InlineData("?scope=a%70p", "a")]
    [InlineData("?scope=\"><script>", "")]
    [InlineData("?scope=app&x", "app")]
    [InlineData("?scope=abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst")]
    public void A_scope_has_nothing_but_letters_of_names(string rest, string scope) => Assert.Equal(scope, PageOptions.Read(rest).Scope);
}

using System.Linq;
using Xunit;

namespace Hawser.Tests.Proxy.Building;

/// <summary>What is said of rules when they are built: the words of 3.5.</summary>
public sealed class RuleFindingTests
{
    [Theory]
    [InlineData("http-request set-header X-Forwarded-Proto: http", "header name 'X-Forwarded-Proto:' contains forbidden character ':'.")]
    [InlineData("http-response add-header a/b c", "header name 'a/b' contains forbidden character '/'.")]
    [InlineData("http-after-response set-header X(y) v", "header name 'X(y)' contains forbidden character '('.")]
    [InlineData("http-request early-hint X%[src] v", "header name 'X%[src]' contains forbidden character '['.")]
    [InlineData("http-request set-header :authority a", "")]
    [InlineData("http-request set-header Xé a", "")]
    [InlineData("http-request replace-header X: . b", "")]
    [InlineData("redirect code 301 prefix / drop-query", "")]
    [InlineData("redirect code 301", "'redirect' : redirection type expected ('prefix', 'location', or 'scheme')")]
    [InlineData("http-request set-timeout server 10s", "")]
    [InlineData("http-request set-timeout server 10sec", "unexpected character 'e' after the timer value '10sec', only (us=microseconds,ms=milliseconds,s=seconds,m=minutes,h=hours,d=days) are supported. This will be reported as an error in next versions.")]
    [InlineData("http-request pause 1min", "unexpected character 'i' after the timer value '1min', only (us=microseconds,ms=milliseconds,s=seconds,m=minutes,h=hours,d=days) are supported. This will be reported as an error in next versions.")]
    [InlineData("tcp-request content lua.x", "'tcp-request content lua.x' is not implemented yet.")]
    public void A_rule_is_told_what_HAProxy_tells_of_it(string rule, string message)
    {
        using BuiltProxies built = BuiltProxies.From($"listen l\n mode http\n bind 127.0.0.1:1\n {rule}");
        Assert.Equal(message, string.Join('\n', built.Findings.Items.Select(static item => item.Message)));
    }
}

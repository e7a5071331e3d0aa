using Hawser.Control.Pages;
using Hawser.Control.Stats;
using Xunit;

namespace Hawser.Tests.Control.Pages;

/// <summary>As the exporter of HAProxy 3.5 was seen to read them.</summary>
public sealed class PrometheusQueryTests
{
    [Theory]
    [InlineData("/m?scope=foo")]
    [InlineData("/m?scope")]
    public void A_scope_that_is_none_is_refused(string target) => Assert.Null(PrometheusQuery.Read(target));

    [Theory]
    [InlineData("/m", true, 4)]
    [InlineData("/m?foo=bar", true, 4)]
    [InlineData("/m?scope=*", true, 4)]
    [InlineData("/m?scope=", false, 0)]
    [InlineData("/m?scope=global", true, 0)]
    [InlineData("/m?scope=sticktable", false, 0)]
    [InlineData("/m?scope=frontend&scope=server", false, 2)]
    public void Scopes_add_up(string target, bool hasProcess, int kinds)
    {
        PrometheusQuery query = PrometheusQuery.Read(target)!;
        Assert.Equal(hasProcess, query.HasProcess);
        Assert.Equal(kinds, query.Kinds.Count);
    }

    [Fact]
    public void Kinds_come_in_one_order_whatever_is_asked() =>
        Assert.Equal([StatObject.Frontend, StatObject.Server], PrometheusQuery.Read("/m?scope=server&scope=frontend")!.Kinds);

    [Fact]
    public void Metrics_are_chosen_or_left_out()
    {
        PrometheusQuery chosen = PrometheusQuery.Read("/m?metrics=a,b")!;
        Assert.True(chosen.Takes("a"));
        Assert.False(chosen.Takes("c"));
        PrometheusQuery without = PrometheusQuery.Read("/m?metrics=-a&no-maint&extra-counters&desc-labels")!;
        Assert.False(without.Takes("a"));
        Assert.True(without.Takes("c"));
        Assert.True(without is { HidesMaintenance: true, HasExtraCounters: true, HasDescriptions: true });
    }
}

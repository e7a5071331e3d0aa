using System;
using System.Text;
using Hawser.Base.Time;
using Hawser.Proxy.Streams.Http;
using Xunit;

namespace Hawser.Tests.Proxy.Streams;

/// <summary>Dates of "maxidle" and "maxlife", as HAProxy 3.5-dev5 writes and reads them.</summary>
public sealed class CookieDateTests
{
    private const int Hour = 3600;
    private const long Recorded = 1_795_873_761;

    [Fact]
    public void A_date_is_written_as_haproxy_wrote_it_at_that_second() => Assert.Equal("awrb5", Written(CookieDate.Of(At(Recorded))));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0x3FFFFFFF)]
    [InlineData(448_968_441)]
    public void What_is_written_is_read_again(int date) => Assert.Equal(date, CookieDate.Parse(Encoding.ASCII.GetBytes(Written(date))));

    [Theory]
    [InlineData("awr+5")]
    [InlineData("awr/5")]
    [InlineData("awz35xx")]
    public void The_first_five_digits_are_the_date(string text) => Assert.True(CookieDate.Parse(Encoding.ASCII.GetBytes(text)) >= 0);

    [Theory]
    [InlineData("")]
    [InlineData("awz3")]
    [InlineData("awr-5")]
    [InlineData("awr_5")]
    public void Anything_else_is_no_date(string text) => Assert.Equal(CookieDate.None, CookieDate.Parse(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(-3500, false)]
    [InlineData(-3700, true)]
    [InlineData(0, false)]
    [InlineData(80_000, false)]
    [InlineData(90_000, true)]
    public void A_date_may_be_as_old_as_the_limit_and_a_day_in_the_future(int seconds, bool isBeyond)
    {
        int now = CookieDate.Of(At(Recorded));
        Assert.Equal(isBeyond, CookieDate.IsBeyond(CookieDate.Of(At(Recorded + seconds)), now, Hour));
    }

    private static UnixTime At(long seconds) => new(seconds * 1_000_000);

    private static string Written(int date)
    {
        Span<byte> text = stackalloc byte[CookieDate.Digits];
        CookieDate.Write(date, text);
        return Encoding.ASCII.GetString(text);
    }
}

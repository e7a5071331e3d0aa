using System;
using System.Text;
using Hawser.Protocols.Http;
using Xunit;

namespace Hawser.Tests.Protocols.Http;

/// <summary>The manual's examples (section 4.4, "normalize-uri"), and what HAProxy 3.5 was seen to make of others.</summary>
public sealed class UriNormalizerTests
{
    [Theory]
    [InlineData("/#foo", "/%23foo")]
    [InlineData("/a#b?c#d", "/a%23b?c%23d")]
    [InlineData("/a", "/a")]
    public void Fragments_can_be_encoded(string text, string expected) => Same(UriNormalizers.EncodeFragment, text, expected);

    [Theory]
    [InlineData("/#foo", "/")]
    [InlineData("/a?c#d", "/a?c")]
    [InlineData("/a#b?c#d", "/a")]
    public void Fragments_can_be_cut_off(string text, string expected) => Same(UriNormalizers.StripFragment, text, expected);

    [Theory]
    [InlineData("//", "/")]
    [InlineData("/foo//bar", "/foo/bar")]
    [InlineData("///foo///bar///", "/foo/bar/")]
    [InlineData("/", "/")]
    public void Slashes_merge(string text, string expected) => Same(UriNormalizers.MergeSlashes, text, expected);

    [Theory]
    [InlineData("/.", "/")]
    [InlineData("/./bar/", "/bar/")]
    [InlineData("/a/./a", "/a/a")]
    [InlineData("/.well-known/", "/.well-known/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/./././b/.c/.", "/a/b/.c/")]
    public void Dot_segments_go(string text, string expected) => Same(UriNormalizers.StripDot, text, expected);

    [Theory]
    [InlineData("/foo/../", "/", "/")]
    [InlineData("/foo/../bar/", "/bar/", "/bar/")]
    [InlineData("/foo/bar/../", "/foo/", "/foo/")]
    [InlineData("/../bar/", "/../bar/", "/bar/")]
    [InlineData("/bar/../../", "/../", "/")]
    [InlineData("/foo//../", "/foo/", "/foo/")]
    [InlineData("/foo/%2E%2E/", "/foo/%2E%2E/", "/foo/%2E%2E/")]
    [InlineData("/foo/..", "/", "/")]
    [InlineData("/foo//../../bar/", "/bar/", "/bar/")]
    [InlineData("/..", "/../", "/")]
    [InlineData("/../..", "/../../", "/")]
    [InlineData("/a/../../b/..", "/../", "/")]
    [InlineData("/a/../../b/../c", "/../c", "/c")]
    [InlineData("/a/..b/c../../", "/a/..b/", "/a/..b/")]
    public void Parent_segments_go_with_the_one_before_them(string text, string expected, string full)
    {
        Same(UriNormalizers.StripDotDot, text, expected);
        Same(UriNormalizers.StripDotDotFully, text, full);
    }

    [Theory]
    [InlineData("/%61dmin", "/admin")]
    [InlineData("/foo%3Fbar=baz", "/foo%3Fbar=baz")]
    [InlineData("/%%36%36", "/%66")]
    [InlineData("/%ZZ", "/%ZZ")]
    [InlineData("/%61dmin%3Fbar=%2f%%36%36%ZZ?%61%7e%2", "/admin%3Fbar=%2f%66%ZZ?a~%2")]
    public void What_need_not_be_encoded_is_decoded(string text, string expected) => Same(UriNormalizers.DecodeUnreserved, text, expected);

    [Theory]
    [InlineData("/%6f", "/%6F")]
    [InlineData("/%zz", "/%zz")]
    [InlineData("/%aa%zz%a?a=%aa%b", "/%AA%zz%a?a=%AA%b")]
    public void Percent_sequences_become_upper_case(string text, string expected) => Same(UriNormalizers.UpperPercent, text, expected);

    [Theory]
    [InlineData("/%%36%36")]
    [InlineData("/%ZZ")]
    [InlineData("/%a")]
    [InlineData("/%")]
    public void A_percent_sign_of_its_own_is_refused_by_the_strict_forms(string text)
    {
        Assert.Equal(UriNormalizers.Invalid, UriNormalizers.DecodeUnreservedStrictly(Encoding.ASCII.GetBytes(text), new byte[64]));
        Assert.Equal(UriNormalizers.Invalid, UriNormalizers.UpperPercentStrictly(Encoding.ASCII.GetBytes(text), new byte[64]));
    }

    [Theory]
    [InlineData("c=3&a=1&b=2", "a=1&b=2&c=3")]
    [InlineData("aaa=3&a=1&aa=2", "a=1&aa=2&aaa=3")]
    [InlineData("a=3&b=4&a=1&b=5&a=2", "a=3&a=1&a=2&b=4&b=5")]
    [InlineData("c&b&&a&z&x&y&", "&a&b&c&x&y&z")]
    [InlineData("b=1&a", "a&b=1")]
    [InlineData("", "")]
    public void Parameters_are_sorted_by_name(string text, string expected) => Same(UriNormalizers.SortByName, text, expected);

    [Fact]
    public void What_does_not_fit_is_said_and_nothing_beyond_the_room_is_written()
    {
        UriNormalizers.Normalizer[] all =
        [
            UriNormalizers.EncodeFragment, UriNormalizers.StripFragment, UriNormalizers.MergeSlashes, UriNormalizers.StripDot,
            UriNormalizers.StripDotDot, UriNormalizers.DecodeUnreserved, UriNormalizers.UpperPercent, UriNormalizers.SortByName,
        ];
        byte[] text = "/abc/def%41/ghi"u8.ToArray();
        foreach (UriNormalizers.Normalizer one in all)
        {
            for (int room = 0; room < 8; room++) Assert.Equal(UriNormalizers.NoRoom, one(text, new byte[room]));
        }

        byte[] many = Encoding.ASCII.GetBytes(new string('&', 2000));
        Assert.Equal(UriNormalizers.NoRoom, UriNormalizers.SortByName(many, new byte[4000]));
    }

    private static void Same(UriNormalizers.Normalizer normalize, string text, string expected)
    {
        byte[] output = new byte[256];
        int length = normalize(Encoding.ASCII.GetBytes(text), output);
        Assert.Equal(expected, Encoding.ASCII.GetString(output, 0, length));
        // Normal is normal: a second time nothing changes, but for what decoding has uncovered.
        if (expected.Contains('%', StringComparison.Ordinal)) return;
        byte[] again = new byte[256];
        int second = normalize(output.AsSpan(0, length), again);
        Assert.Equal(expected, Encoding.ASCII.GetString(again, 0, second));
    }
}

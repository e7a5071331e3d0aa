using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Protocols.Http;
using Xunit;

namespace Hawser.Tests.Protocols.Http;

/// <summary>Fields, cookies, parameters and targets as haproxy 3.5 reads them.</summary>
public sealed class HttpTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" a , b ,", "a|b|")]
    [InlineData("a,\"b,c\",d", "a|\"b,c\"|d")]
    [InlineData("\"a\\\",b\",c", "\"a\\\",b\"|c")]
    [InlineData("a\\,b", "a\\|b")]
    [InlineData("a,\"b,c", "a|\"b,c")]
    public void A_comma_ends_a_part_of_a_list_unless_it_is_quoted(string line, string expected)
    {
        List<string> parts = [];
        int from = 0;
        while (HeaderValues.TryNext(Bytes(line), ref from, out ReadOnlySpan<byte> part)) parts.Add(Text(part));
        Assert.Equal(expected, string.Join('|', parts));
    }

    [Theory]
    [InlineData("a=1; a=2; b=9", "a", "1|2")]
    [InlineData(" a = 1 ; b = \"x;y\" ;a=2", "b", "\"x;y\"")]
    [InlineData("a=1,b=2;c=3", "b", "2")]
    [InlineData("$Version=1; a=1; $Path=/", "", "1")]
    [InlineData("a=", "a", "")]
    [InlineData("b=1; a=", "a", "")]
    public void A_request_s_cookie_ends_at_a_semicolon_or_comma(string line, string name, string expected) =>
        Assert.Equal(expected, Cookies(line, name, isSetCookie: false));

    [Theory]
    [InlineData("b=1; a=2", "a", "")]
    [InlineData("a=1; path=/, a=2", "a", "1|2")]
    [InlineData("b=1;c=\"x,a=7\",a=3", "a", "3")]
    public void Attributes_of_another_cookie_are_none(string line, string name, string expected) =>
        Assert.Equal(expected, Cookies(line, name, isSetCookie: true));

    [Theory]
    [InlineData("a=1&a=2", "a", "1|2")]
    [InlineData("a&b=1;a=3", "a", "3")]
    [InlineData("ab=1&A=2", "a", "")]
    [InlineData("a=1?a=2", "a", "1|2")]
    [InlineData("x&=1&b=", "", "1|")]
    public void Parameters_have_a_name_and_an_equals_sign(string text, string name, string expected)
    {
        List<string> values = [];
        int from = 0;
        while (ParameterText.TryNext(Bytes(text), Bytes(name), false, (byte)'?', ref from, out ReadOnlySpan<byte> value)) values.Add(Text(value));
        Assert.Equal(expected, string.Join('|', values));
    }

    [Theory]
    [InlineData("/a?b", "/a?b")]
    [InlineData("//x/y", "//x/y")]
    [InlineData("*", null)]
    [InlineData("host:80", null)]
    [InlineData("http://host", null)]
    [InlineData("http://u@host:81/p?q", "/p?q")]
    [InlineData("http://host?a=3", "?a=3")]
    public void The_path_begins_behind_the_authority(string target, string? expected)
    {
        bool isFound = TargetText.TryPathAndQuery(Bytes(target), out ReadOnlySpan<byte> path);
        Assert.Equal(expected, isFound ? Text(path) : null);
    }

    [Theory]
    [InlineData("http://1.2.3.4/", 0x01020304u, 80)]
    [InlineData("https://01.2.3.4?x", 0x01020304u, 443)]
    [InlineData("http://1.2.3.4:99999/", 0x01020304u, 34463)]
    [InlineData("ftp://1.2.3.4/", 0u, 0)]
    [InlineData("http://u@1.2.3.4/", 0u, 0)]
    [InlineData("http://1.2.3/", 0u, 0)]
    [InlineData("http://[::1]/", 0u, 0)]
    public void Only_an_IPv4_address_of_http_is_a_numeric_host(string target, uint address, int port)
    {
        bool isFound = TargetText.TryNumericHost(Bytes(target), out uint found, out ushort foundPort);
        Assert.Equal((port != 0, address, port), (isFound, isFound ? found : 0, isFound ? foundPort : 0));
    }

    [Theory]
    [InlineData("12abc", 12)]
    [InlineData("-5", -5)]
    [InlineData("+5", 0)]
    [InlineData("--1", 0)]
    [InlineData("", 0)]
    [InlineData("3000000000", -1294967296)]
    [InlineData("99999999999999999999", 1661992959)]
    public void Numbers_wrap(string text, int expected) => Assert.Equal(expected, WrappedNumber.Parse(Bytes(text)));

    private static string Cookies(string line, string name, bool isSetCookie)
    {
        List<string> values = [];
        int from = 0;
        while (CookieText.TryNext(Bytes(line), Bytes(name), isSetCookie, ref from, out ReadOnlySpan<byte> value)) values.Add(Text(value));
        return string.Join('|', values);
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}

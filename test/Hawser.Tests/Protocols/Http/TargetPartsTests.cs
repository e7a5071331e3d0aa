using System.Text;
using Hawser.Protocols.Http;
using Xunit;

namespace Hawser.Tests.Protocols.Http;

public sealed class TargetPartsTests
{
    [Theory]
    [InlineData("/a/b?c", null, "/a/b", "c")]
    [InlineData("/", null, "/", null)]
    [InlineData("/?", null, "/", "")]
    [InlineData("/a?b?c", null, "/a", "b?c")]
    [InlineData("http://h:1/a?b", "h:1", "/a", "b")]
    [InlineData("http://u@h", "u@h", "", null)]
    [InlineData("http://h?q", "h", "", "q")]
    [InlineData("*", null, null, null)]
    [InlineData("h:80", null, null, null)]
    [InlineData("://h/", null, null, null)]
    [InlineData("", null, null, null)]
    public void A_target_falls_into_authority_path_and_query(string target, string? authority, string? path, string? query)
    {
        TargetParts parts = TargetParts.Of(Encoding.ASCII.GetBytes(target));
        Assert.Equal(authority, parts.HasAuthority ? target.Substring(parts.AuthorityAt, parts.AuthorityLength) : null);
        Assert.Equal(path, parts.HasPath ? target.Substring(parts.PathAt, parts.PathLength) : null);
        Assert.Equal(query, parts.QueryAt >= 0 ? target[parts.QueryAt..] : null);
    }

    [Theory]
    [InlineData("a,b", 1)]
    [InlineData("abc", 3)]
    [InlineData("", 0)]
    [InlineData("\"a,b\",c", 5)]
    [InlineData("\"a\\\",b\",c", 7)]
    [InlineData("\"a,b", 4)]
    public void A_comma_inside_of_quotes_divides_no_list(string list, int expected) =>
        Assert.Equal(expected, HeaderValues.EndOfValue(Encoding.ASCII.GetBytes(list), 0));

    [Theory]
    [InlineData("\u0001a\u0001b\u0000\u0000", "a=b", false)]
    [InlineData("\u0001a\u0001b\u0001c\u0000\u0000\u0000", "a=b;c=", false)]
    [InlineData("\u0000\u0000", "", false)]
    [InlineData("", "", true)]
    [InlineData("\u0001a\u0001b", "a=b", true)]
    [InlineData("\u0003a", "", true)]
    [InlineData("\u00f0", "", true)]
    [InlineData("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "", true)]
    public void Binary_fields_end_with_an_empty_one(string bytes, string expected, bool isInvalid)
    {
        BinaryFields fields = new(Encoding.Latin1.GetBytes(bytes));
        StringBuilder seen = new();
        while (fields.TryTake(out var name, out var value))
            seen.Append(seen.Length == 0 ? "" : ";").Append(Encoding.Latin1.GetString(name)).Append('=').Append(Encoding.Latin1.GetString(value));
        Assert.Equal(expected, seen.ToString());
        Assert.Equal(isInvalid, fields.IsInvalid);
    }

    [Fact]
    public void A_long_binary_value_has_a_length_of_several_bytes()
    {
        // 240 + 16 * 3: the first byte holds what is below 16, the second the rest.
        byte[] bytes = [1, (byte)'a', 0xF0, 3, .. Encoding.ASCII.GetBytes(new string('x', 288)), 0, 0];
        BinaryFields fields = new(bytes);
        Assert.True(fields.TryTake(out _, out var value));
        Assert.Equal(288, value.Length);
        Assert.False(fields.TryTake(out _, out _));
        Assert.False(fields.IsInvalid);
    }
}

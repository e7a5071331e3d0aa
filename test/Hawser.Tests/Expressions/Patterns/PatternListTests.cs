using System;
using System.Text;
using CsCheck;
using Hawser.Base.Network;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;
using Xunit;

namespace Hawser.Tests.Expressions.Patterns;

public sealed class PatternListTests
{
    private static readonly RegexLibrary s_regexes = new();

    [Fact]
    public void A_change_is_seen_by_all_that_use_the_list()
    {
        PatternList list = new("x", 0, isMap: true);
        PatternUse whole = list.Use(MatchMethod.String, false, Text, s_regexes, out _)!;
        PatternUse prefix = list.Use(MatchMethod.Prefix, true, Text, s_regexes, out _)!;
        Assert.Null(list.Add("abc", "1"));
        Assert.Equal("1", ValueOf(whole, "abc"));
        Assert.Equal("1", ValueOf(prefix, "ABCdef"));
        Assert.Null(list.Set("abc", "2"));
        Assert.Equal("2", ValueOf(whole, "abc"));
        Assert.Equal(1, list.Remove("abc"));
        Assert.Null(ValueOf(whole, "abc"));
        Assert.Null(ValueOf(prefix, "abc"));
    }

    [Fact]
    public void A_version_is_seen_as_a_whole_or_not_at_all()
    {
        PatternList list = new("x", 0, isMap: false);
        PatternUse use = list.Use(MatchMethod.Integer, false, null, s_regexes, out _)!;
        Assert.Null(list.Add("1", null));
        uint good = list.Prepare();
        uint bad = list.Prepare();
        Assert.True(list.TryAdd(good, "2", null));
        Assert.True(list.TryAdd(bad, "two", null));
        Assert.True(Finds(use, 1));
        Assert.False(Finds(use, 2));
        Assert.Equal("'two' is not a number", list.Commit(bad));
        Assert.True(Finds(use, 1));
        Assert.NotEqual(good, list.Version);
        Assert.Null(list.Commit(good));
        Assert.Equal(good, list.Version);
        Assert.False(Finds(use, 1));
        Assert.True(Finds(use, 2));
        Assert.False(list.TryAdd(good, "3", null));
    }

    [Fact]
    public void A_wrong_pattern_changes_nothing()
    {
        PatternList list = new("x", 0, isMap: false);
        PatternUse text = list.Use(MatchMethod.String, false, null, s_regexes, out _)!;
        _ = list.Use(MatchMethod.Address, false, null, s_regexes, out _);
        Assert.Equal("'abc' is not a valid IPv4 or IPv6 address", list.Add("abc", null));
        Assert.Equal(0, list.Count);
        Sample sample = default;
        sample.SetString("abc"u8);
        Assert.Null(text.Find(in sample));
    }

    /// <summary>Uses that want the same share an index.</summary>
    [Fact]
    public void Uses_that_differ_in_case_are_answered_apart()
    {
        PatternList list = new("x", 0, isMap: true);
        PatternUse exact = list.Use(MatchMethod.String, false, Text, s_regexes, out _)!;
        PatternUse any = list.Use(MatchMethod.String, true, Text, s_regexes, out _)!;
        Assert.Same(exact, list.Use(MatchMethod.String, false, Text, s_regexes, out _));
        Assert.Null(list.Add("abc", "1"));
        Assert.Null(ValueOf(exact, "ABC"));
        Assert.Equal("1", ValueOf(any, "ABC"));
    }

    /// <summary>A client of a socket for both families comes as the latter.</summary>
    [Theory]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3")]
    [InlineData("10.0.0.0/8", "2002:a01:203::1")]
    [InlineData("10.0.0.0/8", "::10.1.2.3")]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3")]
    public void An_address_of_one_family_is_found_in_a_network_of_the_other(string network, string address)
    {
        PatternList list = new("x", 0, isMap: false);
        PatternUse use = list.Use(MatchMethod.Address, false, null, s_regexes, out _)!;
        Assert.Null(list.Add(network, null));
        Assert.True(NetworkAddress.TryParse(Encoding.ASCII.GetBytes(address), out NetworkAddress client));
        Sample sample = default;
        sample.SetAddress(in client);
        Assert.NotNull(use.Find(in sample));
    }

    [Fact]
    public void Networks_are_found_as_by_comparing_them_one_by_one()
    {
        Gen<(uint Address, int Bits)> network = Gen.Select(Gen.UInt[0, 255], Gen.Int[24, 32], (low, bits) => (0x0A000000 | low, bits));
        Gen.Select(network.Array[1, 8], Gen.UInt[0, 300]).Sample((networks, low) =>
        {
            PatternList list = new("x", 0, isMap: false);
            PatternUse use = list.Use(MatchMethod.Address, false, null, s_regexes, out _)!;
            int longest = -1;
            uint address = 0x0A000000 | low;
            foreach ((uint start, int bits) in networks)
            {
                Assert.Null(list.Add($"{NetworkAddress.FromIPv4(start, 0).ToString().Split(':')[0]}/{bits}", null));
                uint mask = uint.MaxValue << (32 - bits);
                if ((start & mask) == (address & mask)) longest = Math.Max(longest, bits);
            }

            Sample sample = default;
            sample.SetAddress(NetworkAddress.FromIPv4(address, 0));
            PatternEntry? found = use.Find(in sample);
            Assert.Equal(longest >= 0, found is not null);
            if (found is not null) Assert.EndsWith($"/{longest}", Encoding.ASCII.GetString(found.Text));
        });
    }

    [Fact]
    public void A_regular_expression_gives_its_parts()
    {
        Assert.True(s_regexes.IsAvailable);
        Regex regex = s_regexes.Compile("a(.)c(x)?"u8, true, out _)!;
        Span<int> parts = stackalloc int[6];
        Assert.Equal(2, regex.Match("zABCz"u8, 0, parts));
        Assert.Equal([1, 4, 2, 3, -1, -1], parts.ToArray());
        Assert.Equal(0, regex.Match("zz"u8, 0, parts));
        Assert.Null(s_regexes.Compile("["u8, false, out string? problem));
        Assert.Equal("regex '[' is invalid (error=missing terminating ] for character class, erroffset=1)", problem);
    }

    internal static StoredSample Text(string text)
    {
        Sample sample = default;
        sample.SetString(Encoding.UTF8.GetBytes(text));
        StoredSample value = new();
        value.Store(in sample);
        return value;
    }

    /// <summary>Null when it is not found.</summary>
    internal static string? ValueOf(PatternUse use, string key)
    {
        Sample sample = default;
        sample.SetString(Encoding.UTF8.GetBytes(key));
        return use.Find(in sample) is { Value: { } value } ? Encoding.UTF8.GetString(value.Bytes) : null;
    }

    private static bool Finds(PatternUse use, long number)
    {
        Sample sample = default;
        sample.SetInteger(number);
        return use.Find(in sample) is not null;
    }
}

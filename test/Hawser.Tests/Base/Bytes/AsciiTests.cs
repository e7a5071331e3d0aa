using System;
using System.Text;
using CsCheck;
using Xunit;
using Ascii = Hawser.Base.Bytes.Ascii;

namespace Hawser.Tests.Base.Bytes;

public class AsciiTests
{
    [Fact]
    public void Token_bytes_are_those_of_rfc_9110()
    {
        const string Tokens = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int value = 0; value < 256; value++)
            Assert.Equal(Tokens.Contains((char)value, StringComparison.Ordinal), Ascii.IsToken((byte)value));
        Assert.False(Ascii.IsToken(""u8));
        Assert.False(Ascii.IsToken("a b"u8));
    }

    [Fact]
    public void Classes_agree_with_the_library_on_every_byte()
    {
        for (int value = 0; value < 256; value++)
        {
            char character = (char)value;
            Assert.Equal(char.IsAsciiDigit(character), Ascii.IsDigit((byte)value));
            Assert.Equal(char.IsAsciiLetter(character), Ascii.IsAlpha((byte)value));
            Assert.Equal(char.IsAsciiLetterOrDigit(character), Ascii.IsAlphaNumeric((byte)value));
            Assert.Equal(char.IsAsciiHexDigit(character), Ascii.IsHexDigit((byte)value));
            Assert.Equal(char.IsAsciiHexDigit(character), Ascii.TryHexValue((byte)value, out int hex));
            if (char.IsAsciiHexDigit(character)) Assert.Equal(Convert.ToInt32(character.ToString(), 16), hex);
            Assert.Equal(value < 128 ? char.ToLowerInvariant(character) : character, (char)Ascii.ToLower((byte)value));
            Assert.Equal(value < 128 ? char.ToUpperInvariant(character) : character, (char)Ascii.ToUpper((byte)value));
        }
    }

    [Fact]
    public void Case_is_ignored_for_letters_only()
    {
        Assert.True(Ascii.EqualsIgnoreCase("Content-LENGTH"u8, "content-length"u8));
        Assert.False(Ascii.EqualsIgnoreCase("@"u8, "`"u8));
        Assert.False(Ascii.EqualsIgnoreCase("ab"u8, "abc"u8));
        Assert.True(Ascii.EqualsIgnoreCase([0xC3, (byte)'A'], [0xC3, (byte)'a']));
        Assert.True(Ascii.StartsWithIgnoreCase("HTTP/1.1"u8, "http/"u8));
        Assert.True(Ascii.EndsWithIgnoreCase("www.Example.COM"u8, "example.com"u8));
        Assert.False(Ascii.StartsWithIgnoreCase("HT"u8, "http"u8));
    }

    [Theory]
    [InlineData("0", true, 0ul)]
    [InlineData("007", true, 7ul)]
    [InlineData("18446744073709551615", true, ulong.MaxValue)]
    [InlineData("18446744073709551616", false, 0ul)]
    [InlineData("99999999999999999999999", false, 0ul)]
    [InlineData("", false, 0ul)]
    [InlineData("+1", false, 0ul)]
    [InlineData("1 ", false, 0ul)]
    [InlineData("1a", false, 0ul)]
    public void A_decimal_number_is_digits_that_fit(string text, bool isValid, ulong expected)
    {
        Assert.Equal(isValid, Ascii.TryParseUnsigned(Encoding.UTF8.GetBytes(text), out ulong value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void Narrow_numbers_refuse_what_does_not_fit()
    {
        Assert.True(Ascii.TryParseUnsigned("65535"u8, out ushort port));
        Assert.Equal(65535, port);
        Assert.False(Ascii.TryParseUnsigned("65536"u8, out port));
        Assert.False(Ascii.TryParseUnsigned("4294967296"u8, out uint _));
        Assert.True(Ascii.TryParseSigned("-9223372036854775808"u8, out long signed));
        Assert.Equal(long.MinValue, signed);
        Assert.False(Ascii.TryParseSigned("9223372036854775808"u8, out _));
        Assert.False(Ascii.TryParseSigned("-"u8, out _));
    }

    [Fact]
    public void Numbers_survive_their_text() => Gen.Long.Sample(value =>
    {
        Span<byte> text = stackalloc byte[20];
        Assert.True(Ascii.TryFormat(value, text, out int written));
        Assert.True(Ascii.TryParseSigned(text[..written], out long parsed));
        Assert.Equal(value, parsed);
        Assert.True(Ascii.TryParseHex(Encoding.ASCII.GetBytes(value.ToString("X", null)), out ulong hex));
        Assert.Equal((ulong)value, hex);
    });
}

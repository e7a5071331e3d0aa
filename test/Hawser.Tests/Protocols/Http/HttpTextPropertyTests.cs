using System;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Protocols.Http;
using Xunit;

namespace Hawser.Tests.Protocols.Http;

/// <summary>What holds for every sequence of bytes in fields, cookies, parameters and targets.</summary>
public sealed class HttpTextPropertyTests
{
    private const string Special = "\"\\,;=&?/ $ab1:.#";

    /// <summary>Mostly bytes that mean something to one of the readers.</summary>
    private static readonly Gen<byte[]> s_text =
        Gen.Select(Gen.Int[0, Special.Length], Gen.Byte, (place, any) => place == Special.Length ? any : (byte)Special[place]).Array[0, 40];

    private static readonly Gen<byte[]> s_name =
        Gen.Int[0, 3].Select(index => index switch { 0 => Array.Empty<byte>(), 1 => "a"u8.ToArray(), 2 => "ab"u8.ToArray(), _ => "$a"u8.ToArray() });

    [Fact]
    public unsafe void Words_are_taken_out_of_a_list_of_any_length_where_it_lies()
    {
        string[] words = ["a", "", " ", "close", "Keep-Alive", " bb ", "\tCLOSE"];
        Gen.Int[0, words.Length - 1].Array[1, 60].Sample(places =>
        {
            string[] list = [.. places.Select(place => words[place])];
            byte[] text = Encoding.ASCII.GetBytes(string.Join(',', list) + "|");
            fixed (byte* block = text)
            {
                HttpMessage message = new(fieldsMaximum: 1);
                message.Begin(block, text.Length, isRequest: true);
                FieldLine field = new() { Value = new TextSpan(0, text.Length - 1) };
                OptionList.Remove(message, ref field, "close"u8, "keep-alive"u8);
                string expected = string.Join(',', list.Select(word => word.Trim()).Where(word => word.ToUpperInvariant() is not ("" or "CLOSE" or "KEEP-ALIVE")));
                Assert.Equal(expected, Encoding.ASCII.GetString(field.Value.In(block)).Replace(" ", "", StringComparison.Ordinal));
                Assert.Equal(expected.Length == 0, field.IsRemoved);
                Assert.Equal((byte)'|', text[^1]);
            }
        });
    }

    [Fact]
    public void Parts_of_a_list_come_one_after_the_other_and_hold_all_but_commas_and_blanks()
    {
        s_text.Sample(text =>
        {
            int from = 0;
            int last = -1;
            int letters = 0;
            while (HeaderValues.TryNext(text, ref from, out ReadOnlySpan<byte> value))
            {
                Assert.True(from > last);
                last = from;
                letters += value.Count((byte)'a');
            }

            Assert.Equal(text.AsSpan().Count((byte)'a'), letters);
        });
    }

    [Fact]
    public void A_text_without_quotes_has_a_part_more_than_commas()
    {
        s_text.Sample(text =>
        {
            if (text.AsSpan().Contains((byte)'"')) return;
            Assert.Equal(text.AsSpan().Count((byte)',') + 1, HeaderValues.Count(text));
        });
    }

    [Fact]
    public void Cookies_of_a_name_are_among_all_cookies_of_a_request()
    {
        Gen.Select(s_text, s_name).Sample((text, name) =>
        {
            int named = Count(text, name, isSetCookie: false);
            Assert.True(named <= Count(text, [], isSetCookie: false));
            Assert.True(Count(text, name, isSetCookie: true) <= text.Length);
        });
    }

    [Fact]
    public void Names_of_cookies_end()
    {
        Gen.Select(s_text, Gen.Bool).Sample((text, isSetCookie) =>
        {
            int from = 0;
            int count = 0;
            while (CookieText.TryNextName(text, isSetCookie, ref from, out ReadOnlySpan<byte> name))
            {
                Assert.False(name.IsEmpty);
                Assert.True(++count <= text.Length);
            }

            Assert.True(!isSetCookie || count <= 1);
        });
    }

    [Fact]
    public void A_parameter_s_value_holds_no_separator()
    {
        Gen.Select(s_text, s_name, Gen.Bool, Gen.Int[0, 2].Select(index => (byte)"\0?;"[index])).Sample((text, name, ignoresCase, separator) =>
        {
            int from = 0;
            int last = -1;
            while (ParameterText.TryNext(text, name, ignoresCase, separator, ref from, out ReadOnlySpan<byte> value))
            {
                Assert.True(from > last);
                last = from;
                Assert.False(value.ContainsAny((byte)'&', (byte)';'));
                Assert.True(separator == 0 || !value.Contains(separator));
            }
        });
    }

    [Fact]
    public void Path_and_query_are_the_target_s_end()
    {
        s_text.Sample(text =>
        {
            TargetText.TryNumericHost(text, out _, out _);
            if (!TargetText.TryPathAndQuery(text, out ReadOnlySpan<byte> path)) return;
            Assert.True(text.AsSpan().EndsWith(path));
            bool hasQuery = TargetText.TryQuery(path, out ReadOnlySpan<byte> query);
            Assert.Equal(path.Length, TargetText.WithoutQuery(path).Length + query.Length + (hasQuery ? 1 : 0));
        });
    }

    [Fact]
    public void Credentials_never_hold_a_byte_that_was_not_sent()
    {
        Gen.Byte.Array[0, 30].Sample(bytes =>
        {
            byte[] value = Encoding.ASCII.GetBytes($"basic {Convert.ToBase64String(bytes)}");
            bool isValid = AuthorizationText.TryBasic(value, new byte[64], out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> password);
            ReadOnlySpan<byte> text = bytes.AsSpan();
            int end = text.IndexOf((byte)0);
            if (end >= 0) text = text[..end];
            int colon = text.IndexOf((byte)':');
            Assert.Equal(colon >= 0, isValid);
            if (!isValid) return;
            Assert.Equal(text[..colon].ToArray(), user.ToArray());
            Assert.Equal(text[(colon + 1)..].ToArray(), password.ToArray());
        });
    }

    private static int Count(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, bool isSetCookie)
    {
        int from = 0;
        int count = 0;
        while (CookieText.TryNext(text, name, isSetCookie, ref from, out _)) Assert.True(++count <= text.Length);
        return count;
    }
}

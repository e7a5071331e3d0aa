using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Config.Binding;
using Hawser.Config.Syntax;
using Xunit;

namespace Hawser.Tests.Config;

public sealed class LexerTests
{
    [Theory]
    [InlineData("a b\tc", "a|b|c")]
    [InlineData("\"a b\" c", "a b|c")]
    [InlineData("'$A \\n \"' x", "$A \\n \"|x")]
    [InlineData("a\\ b \\# \\\\ \\x41", "a b|#|\\|A")]
    [InlineData("a#b", "a")]
    [InlineData("\"$A\" $A \"${B-x y}\"", "1 2|$A|x y")]
    [InlineData("p\"${A[*]}\"s", "p1|2s")]
    [InlineData("\"${NO[*]-7 8}\"", "7|8")]
    [InlineData("\\q", "\\q")]
    [InlineData("a\r", "a")]
    public void Words_are_cut_as_the_manual_says(string line, string expected)
    {
        Lexer lexer = new(new VariableScope(new Dictionary<string, string> { ["A"] = "1 2" }));
        Assert.Equal(LexerError.None, lexer.Read(Line(line)));
        Assert.Equal(expected, string.Join('|', lexer.Words.Select(static word => word.Text)));
    }

    [Fact]
    public void A_word_knows_the_column_of_its_first_byte_quotes_included()
    {
        Lexer lexer = new(new VariableScope(new Dictionary<string, string>()));
        lexer.Read(Line("  ä \"b c\""));
        Assert.Equal(3, lexer.Words[0].Origin.Column);
        Assert.Equal(6, lexer.Words[1].Origin.Column);
        Assert.Equal(5, lexer.Words[1].Origin.Length);
    }

    [Fact]
    public void Any_bytes_survive_decoding_and_encoding() =>
        Gen.Byte.Array.Sample(static bytes => ConfigText.Encode(ConfigText.Decode(bytes)).SequenceEqual(bytes));

    [Fact]
    public void No_bytes_make_the_reader_throw() =>
        Gen.Byte.Array[0, 400].Sample(static bytes => Read(bytes), iter: 2000);

    [Fact]
    public void No_shuffled_words_make_the_reader_throw()
    {
        string[] words =
        [
            "global", "defaults", "listen", "frontend", "backend", "a", "b", "from", "bind", ":80", "[::1]:5-9", "server",
            "1.1.1.1:+3", "no", "default", "option", "tcplog", "redispatch", "timeout", "client", "5s", "-1", "99999999999",
            "log", "sample", "1-2:3", "local0", "balance", "random(", "random(2)", "hash-type", "source", "usesrc",
            "track", "a/b", "check", "id", "1", ".if", ".elif", ".else", ".endif", "defined(", "&&", "!", "\"", "'", "\\",
            "\"${A[*]}\"", "\n", "\n", "\n", "mode", "http", "use_backend", "if", "server-template", "3", "stats", "socket",
            "setenv", "unix-bind", "init-addr", "proxy-v2-options", "on-timeout", "drain",
        ];
        Gen.Int[0, words.Length - 1].Array[0, 120].Sample(
            picked => Read(Encoding.UTF8.GetBytes(string.Join(' ', picked.Select(index => words[index])) + "\n")), iter: 5000);
    }

    private static void Read(byte[] bytes) =>
        ConfigurationReader.Read([new ConfigurationSource("x", bytes)], new ConfigurationEnvironment());

    private static LineText Line(string text) => new("f", 1, Encoding.UTF8.GetBytes(text), true);
}

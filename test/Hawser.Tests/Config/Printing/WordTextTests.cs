using System.Collections.Immutable;
using System.Linq;
using CsCheck;
using Hawser.Config.Printing;
using Hawser.Config.Syntax;
using Xunit;

namespace Hawser.Tests.Config.Printing;

public sealed class WordTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("^(.*)\\ $x#\"", "'^(.*)\\ $x#\"'")]
    [InlineData("it's $HOME", "\"it's \\$HOME\"")]
    [InlineData("a\r\nb", "\"a\\r\\nb\"")]
    public void A_word_is_quoted_only_where_it_must_be(string word, string text) =>
        Assert.Equal(text, WordText.Quote(word));

    [Fact]
    public void A_quoted_word_is_read_back_as_it_was() =>
        Gen.Byte[1, 255].Array[0, 12].Array[1, 5].Sample(static words =>
        {
            string[] expected = [.. words.Select(static word => ConfigText.Decode(word))];
            Lexer lexer = new(new VariableScope(ImmutableDictionary<string, string>.Empty));
            byte[] line = ConfigText.Encode(WordText.Join(expected));
            Assert.Equal(LexerError.None, lexer.Read(new LineText("f", 1, line, true)));
            Assert.Equal(expected, lexer.Words.Select(static word => word.Text));
        }, iter: 3000);
}

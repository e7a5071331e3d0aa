using System.Collections.Generic;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Syntax;
using Xunit;

namespace Hawser.Tests.Config;

/// <summary>Where a part of a word stands in its line.</summary>
public sealed class WordPartTests
{
    [Theory]
    [InlineData("key abcdef", 2, 3, 7, 3)]
    [InlineData("key \"abc def\"", 4, 3, 10, 3)]
    [InlineData("key a\\ b\\ cd", 4, 2, 11, 2)]
    [InlineData("key 'x y'%[src,\"map(a)\"]", 11, 3, 19, 3)]
    [InlineData("key \\x41bc", 1, 1, 9, 1)]
    [InlineData("key \"\\\"ab\"", 1, 2, 8, 2)]
    public void A_part_is_found_behind_quotes_and_escapes(string line, int offset, int length, int column, int width)
    {
        Origin part = PartOf(line, offset, length);
        Assert.Equal((column, width), (part.Column, part.Length));
    }

    [Fact]
    public void Behind_a_variable_the_whole_word_is_meant()
    {
        VariableScope variables = new(new Dictionary<string, string> { ["V"] = "xy" });
        Origin part = PartOf("key \"a${V}b\"", 3, 1, variables);
        Assert.Equal((5, 8), (part.Column, part.Length));
    }

    private static Origin PartOf(string line, int offset, int length, VariableScope? variables = null)
    {
        Lexer lexer = new(variables ?? new VariableScope(new Dictionary<string, string>()));
        Assert.Equal(LexerError.None, lexer.Read(new LineText("f", 1, Encoding.UTF8.GetBytes(line), true)));
        return new DiagnosticBag(_ => line).Part(lexer.Words[1], offset, length);
    }
}

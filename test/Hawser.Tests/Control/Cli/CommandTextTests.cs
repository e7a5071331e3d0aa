using System.Linq;
using Hawser.Control.Cli;
using Xunit;

namespace Hawser.Tests.Control.Cli;

public class CommandTextTests
{
    [Theory]
    [InlineData("show info", "show|info")]
    [InlineData("  show \t info  ", "show|info")]
    [InlineData("show info;show stat", "show|info;show|stat")]
    [InlineData("show info;", "show|info;")]
    [InlineData(";;", ";;")]
    [InlineData("", "")]
    [InlineData("""add map x a\ b c\;d\\e""", """add|map|x|a b|c;d\e""")]
    [InlineData("""sho\w x\""", """show|x\""")]
    [InlineData("\"a b\"", "\"a|b\"")]
    public void Commands_end_at_semicolons_and_words_at_blanks(string line, string expected) =>
        Assert.Equal(expected, string.Join(';', CommandText.Split(line).Select(static words => string.Join('|', words))));
}

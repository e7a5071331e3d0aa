using Hawser.CommandLine;
using Xunit;

namespace Hawser.Tests.CommandLine;

public sealed class MemoryDebuggingTests
{
    [Theory]
    [InlineData("-dM", 0x50)]
    [InlineData("-dM0", 0)]
    [InlineData("-dM0x41", 0x41)]
    [InlineData("-dM7,no-merge,hot-first", 7)]
    [InlineData("-dM,no-merge", 0x50)]
    [InlineData("-dMpoison", 0x50)]
    [InlineData("-dMno-merge", null)]
    [InlineData("-dM7,no-poison", null)]
    public void The_byte_and_the_options_are_read(string word, int? poison)
    {
        OptionsResult result = OptionsReader.Read([word, "-f", "a"]);
        Assert.Equal(OptionsOutcome.Start, result.Outcome);
        Assert.Equal((byte?)poison, result.Options.Poison);
    }

    [Theory]
    [InlineData("-dMtag", "-dM: <tag>: there are no memory pools here that could do that")]
    [InlineData("-dM0x41,fail", "-dM: <fail>: there are no memory pools here that could do that")]
    [InlineData("-dMbogus", "-dM: unknown pool debugging feature <bogus>")]
    [InlineData("-dA", "-dA: missing output file name")]
    [InlineData("-dKbogus", "-dK: no keyword class <bogus> here; -dKhelp lists them")]
    public void What_cannot_be_obeyed_is_refused_in_words(string word, string expected)
    {
        OptionsResult result = OptionsReader.Read([word, "-f", "a"]);
        Assert.Equal(OptionsOutcome.Refused, result.Outcome);
        Assert.Equal(expected, result.Text);
    }
}

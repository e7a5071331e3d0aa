using System.IO;
using Hawser.Conformance.Commands;
using Xunit;

namespace Hawser.Conformance.Tests;

public sealed class CommandTests
{
    [Theory]
    [InlineData("--jobs", "0")]
    [InlineData("--limit", "soon")]
    [InlineData("--suite")]
    [InlineData("--nonsense", "1")]
    public void What_makes_no_sense_is_refused(params string[] words)
    {
        Assert.Null(CommandOptions.Read(words, Nothing, out string problem));
        Assert.Equal($"{words[0]}: not understood", problem);
    }

    [Fact]
    public void The_environment_names_what_the_arguments_do_not()
    {
        CommandOptions options = CommandOptions.Read(["--suite", "here"], name => name == "HAWSER_VTEST" ? "tool" : "", out _)!;
        Assert.Equal("here", options.Suite);
        Assert.Equal("tool", options.Vtest);
    }

    [Fact]
    public void What_is_not_given_is_named_and_is_no_failure()
    {
        StringWriter output = new();
        Assert.Equal(ExitStatus.Kept, new ConformanceCommand(CommandOptions.Read([], Nothing, out _)!, output).Run());
        Assert.Equal("skipped: HAProxy's tests: --suite DIR is not given\n", output.ToString());
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_an_error()
    {
        StringWriter output = new();
        CommandOptions options = CommandOptions.Read(["--suite", "/nowhere", "--vtest", "/nowhere/vtest"], Nothing, out _)!;
        Assert.Equal(ExitStatus.Unusable, new ConformanceCommand(options, output).Run());
    }

    private static string? Nothing(string name) => null;
}

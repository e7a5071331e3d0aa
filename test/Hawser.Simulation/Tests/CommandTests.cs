using System;
using System.IO;
using Hawser.Simulation.Commands;
using Xunit;

namespace Hawser.Simulation.Tests;

public sealed class CommandTests
{
    [Fact]
    public void A_run_tells_its_sum_and_ends_with_0()
    {
        StringWriter output = new();
        CommandOptions options = CommandOptions.Read(["--scenario", "calm", "--seed", "5", "--seeds", "2", "--sessions", "50"], out _)!;

        Assert.Equal(0, new SimulateCommand(options, output).Run());
        Assert.Contains("sessions over 2 seeds", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("sessions per second", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("MiB of memory", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--scenario", "nowhere")]
    [InlineData("--seed", "many")]
    [InlineData("--without", "Rain")]
    [InlineData("--only", "1,x")]
    [InlineData("--nonsense", "1")]
    [InlineData("--seed")]
    public void What_makes_no_sense_is_refused(params string[] words)
    {
        Assert.Null(CommandOptions.Read(words, out string problem));
        Assert.Equal(words[0], problem);
    }

    [Fact]
    public void A_replay_reads_back_what_it_says()
    {
        CommandOptions options = CommandOptions.Read(
            ["--scenario", "mixed", "--seed", "9", "--sessions", "12", "--only", "6,7", "--without", "Stall,ClockJump"], out _)!;

        Assert.Equal(2, options.Only!.Count);
        Assert.Equal(2, options.Without.Length);
    }
}

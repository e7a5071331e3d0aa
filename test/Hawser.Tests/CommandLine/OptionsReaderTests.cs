using Hawser.CommandLine;
using Xunit;

namespace Hawser.Tests.CommandLine;

public sealed class OptionsReaderTests
{
    private static OptionsResult Read(string line) =>
        OptionsReader.Read(line.Split(' ', System.StringSplitOptions.RemoveEmptyEntries));

    private static Options Started(string line)
    {
        OptionsResult result = Read(line);
        Assert.Equal("", result.Text);
        Assert.Equal(OptionsOutcome.Start, result.Outcome);
        return result.Options;
    }

    [Fact]
    public void Files_keep_their_order_over_f_and_the_double_dash()
    {
        Options options = Started("-f a -f b -V -- c -V d");
        Assert.Equal<string>(["a", "b", "c", "-V", "d"], options.Files);
        Assert.True(options.Verbose);
    }

    [Fact]
    public void The_switches_of_the_upstream_suite_start_in_the_foreground()
    {
        Options options = Started("-d -dM -dI -dW -L node -f cfg");
        Assert.True(options.Debug);
        Assert.True(options.Foreground);
        Assert.True(options.WarningsAreFatal);
        Assert.Equal((byte)0x50, options.Poison);
        Assert.Equal("node", options.LocalPeer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-c")]
    [InlineData("-V -q")]
    [InlineData("foo")]
    [InlineData("-f a foo")]
    [InlineData("-h")]
    [InlineData("-X")]
    [InlineData("-")]
    [InlineData("-dX -f a")]
    public void What_is_not_a_start_prints_the_usage(string line) =>
        Assert.Equal(OptionsOutcome.Usage, Read(line).Outcome);

    [Theory]
    [InlineData("-v", OptionsOutcome.Version)]
    [InlineData("-vv", OptionsOutcome.LongVersion)]
    [InlineData("-vq", OptionsOutcome.ShortVersion)]
    [InlineData("-vqs", OptionsOutcome.ShortVersion)]
    [InlineData("-vqb", OptionsOutcome.ShortVersion)]
    [InlineData("-dM -dI -dW -vv", OptionsOutcome.LongVersion)]
    [InlineData("-cc 0 -vv", OptionsOutcome.LongVersion)]
    [InlineData("-vv -X", OptionsOutcome.LongVersion)]
    [InlineData("-dMhelp", OptionsOutcome.Help)]
    public void A_request_for_information_wins(string line, OptionsOutcome outcome) =>
        Assert.Equal(outcome, Read(line).Outcome);

    [Theory]
    [InlineData("-vq", "3.5.0-hawser0.1.0")]
    [InlineData("-vqs", "3.5.0")]
    [InlineData("-vqb", "3.5")]
    public void Short_versions_are_numbers_only(string line, string text) => Assert.Equal(text, Read(line).Text);

    [Fact]
    public void A_condition_needs_no_file()
    {
        Options options = Started("-dM -dI -dW -cc feature(OPENSSL)");
        Assert.Equal(StartKind.Condition, options.Kind);
        Assert.Equal("feature(OPENSSL)", options.Condition);
    }

    [Fact]
    public void Lists_of_processes_end_at_a_switch_and_may_be_empty()
    {
        Options options = Started("-D -p pid -sf 12 13 -st -f a -st 14");
        Assert.Equal<int>([12, 13], options.SoftStopped);
        Assert.Equal<int>([14], options.Terminated);
        Assert.True(options.Daemon);
        Assert.Equal("pid", options.PidFile);
    }

    [Theory]
    [InlineData("-sf 1x -f a", "-sf option: some bytes unconsumed in PID list {x}")]
    [InlineData("-st 99999999999 -f a", "-st option: PID out of range in PID list {99999999999}")]
    [InlineData("-n abc -f a", "-n: 'abc' is not a number")]
    [InlineData("-m -5 -f a", "-m: '-5' is not a number")]
    [InlineData("-dMfoo -f a", "-dM: unknown pool debugging feature <foo>")]
    [InlineData("-f", "-f: <file|dir> is missing")]
    [InlineData("-cc", "-cc: <condition> is missing")]
    [InlineData("-dtall -f a", "-dt: traces are not implemented yet")]
    public void What_cannot_be_done_is_refused_in_words(string line, string text)
    {
        OptionsResult result = Read(line);
        Assert.Equal(OptionsOutcome.Refused, result.Outcome);
        Assert.Equal(text, result.Text);
    }

    [Theory]
    [InlineData("-dM", 0x50)]
    [InlineData("-dM0", 0)]
    [InlineData("-dM255", 255)]
    [InlineData("-dM0xa5", 0xa5)]
    public void A_poison_byte_is_glued_to_its_switch(string word, int poison) =>
        Assert.Equal((byte)poison, Started($"{word} -f a").Poison);

    [Fact]
    public void Numbers_and_names_reach_their_options()
    {
        Options options = Started("-n 100 -N 50 -m 512 -L peer -C /dir -f a -4 -dr -dR -dS -dV -dD -dL -q -c");
        Assert.Equal(100, options.MaxConnections);
        Assert.Equal(50, options.DefaultProxyMaxConnections);
        Assert.Equal(512, options.MemoryMegabytes);
        Assert.Equal("peer", options.LocalPeer);
        Assert.Equal("/dir", options.Directory);
        Assert.True(options.IgnoresUnresolved);
        Assert.True(options.NoReusePort);
        Assert.True(options.NoSplice);
        Assert.True(options.NoServerVerify);
        Assert.True(options.ShowsDiagnostics);
        Assert.True(options.ListsLibraries);
        Assert.True(options.Quiet);
        Assert.Equal(StartKind.Check, options.Kind);
    }

    // Every switch of management.txt is either done or refused in words: none ends in the usage text.
    [Theory]
    [InlineData("-C x")]
    [InlineData("-D")]
    [InlineData("-L x")]
    [InlineData("-N 1")]
    [InlineData("-V")]
    [InlineData("-W")]
    [InlineData("-Ws")]
    [InlineData("-4")]
    [InlineData("-c")]
    [InlineData("-d")]
    [InlineData("-dA/x")]
    [InlineData("-dC")]
    [InlineData("-dC123,line")]
    [InlineData("-dD")]
    [InlineData("-dF")]
    [InlineData("-dG")]
    [InlineData("-dI")]
    [InlineData("-dKall")]
    [InlineData("-dL")]
    [InlineData("-dM")]
    [InlineData("-dR")]
    [InlineData("-dS")]
    [InlineData("-dT")]
    [InlineData("-dV")]
    [InlineData("-dW")]
    [InlineData("-dZ")]
    [InlineData("-db")]
    [InlineData("-dc")]
    [InlineData("-de")]
    [InlineData("-dk")]
    [InlineData("-dp")]
    [InlineData("-dr")]
    [InlineData("-dt")]
    [InlineData("-dv")]
    [InlineData("-m 1")]
    [InlineData("-n 1")]
    [InlineData("-p x")]
    [InlineData("-q")]
    [InlineData("-S x")]
    [InlineData("-sf")]
    [InlineData("-st 1")]
    [InlineData("-x x")]
    public void Every_documented_switch_is_known(string words)
    {
        OptionsResult result = Read($"{words} -f a");
        Assert.True(result.Outcome is OptionsOutcome.Start or OptionsOutcome.Refused);
        Assert.Equal(result.Outcome == OptionsOutcome.Refused, result.Text.Length > 0);
    }
}

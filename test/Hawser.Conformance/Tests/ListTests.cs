using System;
using System.IO;
using System.Linq;
using Hawser.Conformance.Reporting;
using Hawser.Conformance.Runs;
using Hawser.Conformance.Suite;
using Xunit;

namespace Hawser.Conformance.Tests;

public sealed class ListTests
{
    private const string Sample = "a/one.vtc\tW1\tpass\na/two.vtc\tW2\tskip: no tables yet\nb/three.vtc\tW1\tpass\n";

    [Fact]
    public void The_committed_list_reads_and_prints_the_same()
    {
        string text = File.ReadAllText(ExpectationList.DefaultPath());
        ExpectationList list = ExpectationList.Parse(text);
        Assert.Equal(text, list.Print());
        Assert.Contains(list.All, line => line.Passes);
        Assert.DoesNotContain(list.All, line => line.Wave == ExpectationList.UnknownWave);
    }

    [Theory]
    [InlineData("a/one.vtc\tW1")]
    [InlineData("a/one.vtc\tW1\tmaybe")]
    [InlineData("a/one.vtc\tW1\tskip: ")]
    [InlineData("a/one.vtc\tW1\tpass\na/one.vtc\tW1\tpass")]
    public void A_line_of_another_form_is_refused(string text) => Assert.Throws<FormatException>(() => ExpectationList.Parse(text));

    [Fact]
    public void A_listed_pass_must_pass_and_a_new_one_is_told()
    {
        ExpectationList list = ExpectationList.Parse(Sample);
        TestResult[] results = [Result("a/one.vtc", Outcome.NotApplicable), Result("a/two.vtc", Outcome.Passed), Result("c/four.vtc", Outcome.Failed)];

        Comparison comparison = new(results, list, list.All.Select(line => line.Name));

        Assert.Equal("a/one.vtc", Assert.Single(comparison.Broken).Test.Name);
        Assert.Equal("a/two.vtc", Assert.Single(comparison.New).Test.Name);
        Assert.Equal("b/three.vtc", Assert.Single(comparison.Missing));
        Assert.Equal("c/four.vtc", Assert.Single(comparison.Unlisted));
        Assert.False(comparison.IsKept);
    }

    [Fact]
    public void The_table_counts_by_folder_and_wave()
    {
        string table = ResultTable.Print(
            [Result("a/one.vtc", Outcome.Passed), Result("a/two.vtc", Outcome.Failed), Result("b/three.vtc", Outcome.Passed)],
            ExpectationList.Parse(Sample));
        string[] rows = [.. table.TrimEnd().Split('\n').Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];
        Assert.Equal(["folder W1 W2 all", "a 1/1 0/1 1/2", "b 1/1 1/1", "all 2/2 0/1 2/3"], rows);
    }

    [Theory]
    [InlineData("startup/check.vtc", "startup/*", true)]
    [InlineData("startup/check.vtc", "check", false)]
    [InlineData("startup/check.vtc", "*che?k*", true)]
    public void A_name_is_chosen_by_a_pattern_over_all_of_it(string name, string glob, bool expected) =>
        Assert.Equal(expected, UpstreamSuite.IsChosen(name, [glob]));

    private static TestResult Result(string name, Outcome outcome) => new(new UpstreamTest(name, name), outcome, "", "", 0);
}

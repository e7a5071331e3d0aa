using System.Linq;
using Hawser.Config.Model;
using Xunit;

namespace Hawser.Tests.Config.Model;

public sealed class ThreadSetTests
{
    [Theory]
    [InlineData("all", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("odd", new[] { 1, 3, 5 })]
    [InlineData("even", new[] { 2, 4 })]
    [InlineData("3", new[] { 3 })]
    [InlineData("2-4", new[] { 2, 3, 4 })]
    [InlineData("4-2", new[] { 2, 3, 4 })]
    [InlineData("-2", new[] { 1, 2 })]
    [InlineData("4-", new[] { 4, 5 })]
    [InlineData("1,4-5", new[] { 1, 4, 5 })]
    [InlineData("1/1-2", new[] { 1, 2 })]
    public void Names_threads(string text, int[] expected) =>
        Assert.Equal(expected, Enumerable.Range(1, 5).Where(ThreadSet.Parse(text, out _)!.Contains));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1025", "1025")]
    [InlineData("1,x", "x")]
    [InlineData("x/1", "x/1")]
    [InlineData("", "")]
    [InlineData("1-y", "1-y")]
    public void The_part_that_is_wrong_is_named(string text, string expected)
    {
        Assert.Null(ThreadSet.Parse(text, out string wrong));
        Assert.Equal(expected, wrong);
    }
}

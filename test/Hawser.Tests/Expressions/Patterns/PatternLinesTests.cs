using System.Collections.Generic;
using System.Linq;
using CsCheck;
using Hawser.Expressions.Patterns;
using Xunit;

namespace Hawser.Tests.Expressions.Patterns;

public sealed class PatternLinesTests
{
    private static readonly RegexLibrary s_regexes = new();

    /// <summary>Looking for the end of so many equal keys, one by one, would take minutes.</summary>
    [Fact]
    public void A_key_of_many_lines_is_found_and_removed_with_all_of_them()
    {
        PatternList list = new("", 0, isMap: true);
        PatternUse use = list.Use(MatchMethod.String, false, PatternListTests.Text, s_regexes, out _)!;
        for (int line = 0; line < 300_000; line++) Assert.Null(list.Add("same", $"{line}"));
        Assert.Equal("0", PatternListTests.ValueOf(use, "same"));
        Assert.Equal(300_000, list.Remove("same"));
        Assert.Null(PatternListTests.ValueOf(use, "same"));
    }

    /// <summary>Beside a plain list in which everything is searched for.</summary>
    [Fact]
    public void Changes_give_what_a_plain_list_gives() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 30]).Array[0, 400].Sample(steps =>
        {
            PatternList list = new("", 0, isMap: true);
            PatternUse use = list.Use(MatchMethod.String, false, PatternListTests.Text, s_regexes, out _)!;
            List<(long Order, string Key, string? Value)> plain = [];
            long next = 0;
            int step = 0;
            foreach ((int action, int number) in steps)
            {
                string key = $"k{number}";
                string value = $"v{step++}";
                switch (action)
                {
                    case 0 or 1:
                        Assert.Null(list.Add(key, value));
                        plain.Add((next++, key, value));
                        break;
                    case 2:
                        Assert.Null(list.Set(key, value));
                        if (plain.Exists(line => line.Key == key)) Change(plain, key, value);
                        else plain.Add((next++, key, value));
                        break;
                    case 3:
                        Assert.Equal(plain.RemoveAll(line => line.Key == key), list.Remove(key));
                        break;
                    default:
                        long order = number < plain.Count ? plain[number].Order : next + 1;
                        Assert.Equal(plain.RemoveAll(line => line.Order == order) > 0, list.RemoveLine(order));
                        break;
                }

                Assert.Equal(plain.Exists(line => line.Key == key), list.Contains(key));
                // Of equal keys the first line counts.
                Assert.Equal(plain.Find(line => line.Key == key).Value, PatternListTests.ValueOf(use, key));
            }

            Assert.Equal(plain.Count, list.Count);
            Assert.Equal(plain, list.Lines.Select(static line => (line.Order, line.Key, line.ValueText)));
        }, iter: 300);

    private static void Change(List<(long Order, string Key, string? Value)> plain, string key, string value)
    {
        for (int index = 0; index < plain.Count; index++)
        {
            if (plain[index].Key == key) plain[index] = plain[index] with { Value = value };
        }
    }
}

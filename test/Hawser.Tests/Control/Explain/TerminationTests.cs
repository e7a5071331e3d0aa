using System.Linq;
using Hawser.Control.Explain;
using Xunit;

namespace Hawser.Tests.Control.Explain;

public sealed class TerminationTests
{
    /// <summary>Manual, 8.5: the first letter, the second, and the pairs it discusses.</summary>
    private const string Events = "-CSPLRIDUKcs";

    private const string Phases = "-RQCHDLT";

    private const string Discussed =
        "-- CC CD cD CH cH CQ CR cR CT LC LR LH SC sC SD sD SH sH sQ PC PD PH PR PT RC";

    private const string DiscussedCookies = "-- NN II NI VN VU EI OI DI VI";

    public static TheoryData<string> Pairs =>
        [.. from letter in Events from phase in Phases select $"{letter}{phase}"];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_says_what_it_means_and_what_to_look_at(string state)
    {
        TerminationPair pair = TerminationTable.Find(state);
        Assert.Equal(state, pair.Letters);
        Assert.True(pair.Meaning.Length > 20);
        if (state == "--") return;
        Assert.NotEmpty(pair.Causes);
        Assert.NotEmpty(pair.Next);
        Assert.True(state[0] is not ('c' or 's') || !pair.Timers.IsEmpty || state is "cT" or "sQ");
    }

    [Fact]
    public void Every_pair_that_the_manual_discusses_has_a_text_of_its_own()
    {
        string[] described = [.. TerminationTable.Described.Select(static pair => pair.Letters)];
        Assert.Empty(Discussed.Split(' ').Except(described));
        Assert.Empty(DiscussedCookies.Split(' ').Except(TerminationLetters.CookiePairs.Keys));
    }

    [Fact]
    public void All_letters_have_words()
    {
        Assert.Equal(Events.Order(), TerminationLetters.Events.Keys.Order());
        Assert.Equal(Phases.Order(), TerminationLetters.Phases.Keys.Order());
        Assert.Equal("-DEINOUV", string.Concat(TerminationLetters.RequestCookies.Keys.Order()));
        Assert.Equal("-DINPRU", string.Concat(TerminationLetters.ResponseCookies.Keys.Order()));
    }

    [Fact]
    public void Every_pair_can_be_explained_in_both_modes()
    {
        Explainer explainer = new(null);
        foreach (string state in from letter in Events from phase in Phases select $"{letter}{phase}")
        {
            string tcp = RecordedLines.Tcp.Replace(" -- ", $" {state} ", System.StringComparison.Ordinal);
            string http = RecordedLines.Http.Replace(" ---- ", $" {state}NI ", System.StringComparison.Ordinal);
            foreach (string text in (string[])[tcp, http])
            {
                LogLine line = LogLineReader.Read(text).Line!;
                Assert.StartsWith(state, line.Termination);
                Assert.NotEmpty(explainer.Explain(line).Headline);
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Proxies;
using Hawser.Tests.Config;
using Xunit;

namespace Hawser.EndToEnd.Language;

/// <summary>
/// The corpus of test/Hawser.Tests, on the programs themselves: HAProxy says what was recorded, and Hawser's check
/// agrees. A part of the cases, spread over all files; all of them with HAWSER_CORPUS=all.
/// </summary>
public sealed class CorpusOnBinaries : IDisposable
{
    private const int Step = 9;
    private const string RecordedVersion = "2.6";

    /// <summary>Follow 3.5 where 2.6 says something else.</summary>
    private static readonly string[] FollowsNew = ["newer", "removed", "warned", "silenced"];

    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-e2e-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Hawser_checks_files_as_HAProxy_does()
    {
        if (Skipped.Because(nameof(Hawser_checks_files_as_HAProxy_does), ("hawser", Binaries.Hawser)))
            return;
        Judge hawser = new(Binaries.Hawser!, _folder);
        List<string> wrong = [];
        foreach (CorpusCase item in Cases())
        {
            Judge.Answer answer = await hawser.Check(item.Configuration);
            if (!IsRight(answer, item)) wrong.Add($"{answer.Verdict}: {item.Line}\n{answer.Output}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join("\n\n", wrong)}");
    }

    [Fact]
    public async Task HAProxy_says_what_was_recorded()
    {
        string test = nameof(HAProxy_says_what_was_recorded);
        if (Skipped.Because(test, ("haproxy", Binaries.Haproxy)) || !await IsRecordedVersion(test))
            return;
        Judge haproxy = new(Binaries.Haproxy!, _folder);
        List<string> wrong = [];
        foreach (CorpusCase item in Cases())
        {
            Judge.Answer answer = await haproxy.Check(item.Configuration);
            if (answer.Verdict != item.Old) wrong.Add($"{answer.Verdict}: {item.Line}\n{answer.Output}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} were recorded otherwise:\n{string.Join("\n\n", wrong)}");
    }

    private static bool IsRight(Judge.Answer answer, CorpusCase item)
    {
        if (Agrees(answer, item.Old)) return true;
        if (item.Divergence.Length == 0) return false;
        return !FollowsNew.Contains(item.Divergence) || Agrees(answer, item.New);
    }

    private static bool Agrees(Judge.Answer answer, Verdict other) =>
        answer.IsLater ? other != Verdict.Refuse : answer.Verdict == other;

    private static IEnumerable<CorpusCase> Cases()
    {
        bool isAll = Environment.GetEnvironmentVariable("HAWSER_CORPUS") == "all";
        return CorpusFile.Names.SelectMany(CorpusFile.Read).Where((_, index) => isAll || index % Step == 0);
    }

    private async Task<bool> IsRecordedVersion(string test)
    {
        ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Haproxy!, "-v");
        using (proxy)
        {
            await proxy.ExitStatus();
            bool isRecorded = proxy.Output.Contains($"version {RecordedVersion}.", StringComparison.Ordinal);
            return isRecorded || !Skipped.Because(test, ($"haproxy {RecordedVersion}", null));
        }
    }
}

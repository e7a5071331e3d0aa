using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Xunit;

namespace Hawser.Tests.Config;

/// <summary>
/// The reader accepts, warns and refuses as HAProxy does. What it only does not implement yet counts as accepted where
/// HAProxy accepts. Everything else is named in docs/divergences.md.
/// </summary>
public sealed class CorpusTests
{
    /// <summary>Keys whose cases follow HAProxy 3.5 where 2.6 says something else.</summary>
    private static readonly string[] FollowsNew = ["newer", "removed", "warned", "silenced"];

    /// <summary>Cases name files that every system has.</summary>
    private static readonly ConfigurationEnvironment Environment =
        new() { ReadFile = static path => File.Exists(path) ? File.ReadAllBytes(path) : null };

    public static IEnumerable<object[]> Files => CorpusFile.Names.Select(static name => new object[] { name });

    [Theory]
    [MemberData(nameof(Files))]
    public void The_reader_judges_as_HAProxy_does(string name)
    {
        List<string> wrong = [];
        foreach (CorpusCase item in CorpusFile.Read(name))
        {
            (Verdict verdict, bool isLater) = Judge(item.Configuration);
            bool isOld = Agrees(verdict, isLater, item.Old);
            bool isGood = item.Divergence.Length == 0 ? isOld
                : !FollowsNew.Contains(item.Divergence) || isOld || Agrees(verdict, isLater, item.New);
            if (!isGood) wrong.Add($"{verdict}{(isLater ? " (later)" : "")}: {item.Line}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ from HAProxy:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void The_corpus_is_large_and_has_both_kinds()
    {
        CorpusCase[] cases = CorpusFile.Names.SelectMany(CorpusFile.Read).ToArray();
        Assert.InRange(cases.Count(static item => item.Old == Verdict.Refuse), 400, int.MaxValue);
        Assert.InRange(cases.Count(static item => item.Old != Verdict.Refuse), 400, int.MaxValue);
    }

    [Fact]
    public void Each_kind_of_difference_is_explained()
    {
        string document = File.ReadAllText(Path.Combine(Repository(), "docs", "divergences.md"));
        IEnumerable<string> keys = CorpusFile.Names.SelectMany(CorpusFile.Read).Select(static item => item.Divergence)
            .Where(static key => key.Length > 0).Distinct();
        Assert.All(keys, key => Assert.Contains($"`~{key}`", document, StringComparison.Ordinal));
    }

    private static bool Agrees(Verdict verdict, bool isLater, Verdict other) =>
        isLater ? other != Verdict.Refuse : verdict == other;

    private static (Verdict Verdict, bool IsLater) Judge(string configuration)
    {
        ConfigurationSource source = new("test.cfg", Encoding.UTF8.GetBytes(configuration));
        IReadOnlyList<Diagnostic> items = ConfigurationReader.Read([source], Environment).Diagnostics;
        Diagnostic[] alerts = items.Where(static item => item.Severity == Severity.Alert).ToArray();
        if (alerts.Length > 0) return (Verdict.Refuse, alerts.All(static item => IsLater(item.Code)));
        bool hasWarning = items.Any(static item => item.Severity == Severity.Warning);
        return (hasWarning ? Verdict.Warn : Verdict.Ok, false);
    }

    private static bool IsLater(string code) =>
        code is DiagnosticCodes.NotImplemented or DiagnosticCodes.SectionNotImplemented
            or DiagnosticCodes.ModeNotImplemented;

    private static string Repository([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}

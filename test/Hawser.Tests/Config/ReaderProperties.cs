using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Syntax;
using Xunit;

namespace Hawser.Tests.Config;

/// <summary>What holds for any input of the reader, and for each of its rows.</summary>
public sealed class ReaderProperties
{
    private const string Name = "test.cfg";

    /// <summary>Bytes that mean something to the reader, so that random text gets somewhere.</summary>
    private static readonly string[] Fragments =
    [
        "global", "defaults", "frontend f", "backend b", "listen l", "peers p", "cache c", "\n", "\n", "\n", " ", "\t",
        "\"", "'", "\\", "#", "$", "${", "}", "[*]", "-", "\\x4", "\\x41", "\0", "\r", "(", ")", ",", ".if ", ".elif ",
        ".else", ".endif", "defined(", "streq(a,", "version_atleast(2.4)", "&&", "||", "!", "bind :80", "server s 1.1.1.1:1 ",
        "check", "inter 2s", "timeout client ", "1s", "99999999999", "-1", "option ", "httplog", "no ", "default ", "balance ",
        "log global", "log 127.0.0.1 local0", "use_backend b if ", "stick-table type ip size 1m expire 5m store gpc0",
        "http-request deny", "cookie x insert", "from d", "@", "unix@", "fd@3", "[::1]:1", "1-2", "é", "\u0001",
    ];

    private static readonly Gen<string> Text = Gen.Int[0, Fragments.Length - 1].Array[0, 60].Select(static parts =>
        string.Concat(parts.Select(static part => Fragments[part])));

    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 300];

    [Fact]
    public void No_text_crashes_the_reader() =>
        Text.Sample(static text => _ = Read(Encoding.UTF8.GetBytes(text)), iter: 3000);

    [Fact]
    public void No_bytes_crash_the_reader() => Bytes.Sample(static bytes => _ = Read(bytes), iter: 3000);

    [Fact]
    public void A_damaged_case_of_the_corpus_does_not_crash_the_reader()
    {
        byte[][] cases = CorpusFile.Names.SelectMany(CorpusFile.Read)
            .Select(static item => Encoding.UTF8.GetBytes(item.Configuration)).ToArray();
        Gen.Select(Gen.Int[0, cases.Length - 1], Gen.Int[0, 4000], Gen.Byte, Gen.Int[0, 3]).Sample(
            (number, at, value, how) => _ = Read(Damage(cases[number], at, value, how)), iter: 3000);
    }

    [Fact]
    public void Each_finding_points_into_its_line() => Text.Sample(static text =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int[] lengths = LineSplitter.Split(Name, bytes).Select(static line => line.Bytes.Length).ToArray();
        foreach (Diagnostic item in Read(bytes).Diagnostics.Where(static item => item.Origin.Line > 0))
        {
            Assert.InRange(item.Origin.Line, 1, lengths.Length);
            Assert.InRange(item.Origin.Column, 0, lengths[item.Origin.Line - 1] + 1);
        }
    }, iter: 2000);

    [Fact]
    public void There_is_a_model_exactly_when_there_is_no_alert() => Text.Sample(static text =>
    {
        ConfigurationResult result = Read(Encoding.UTF8.GetBytes(text));
        bool hasAlert = result.Diagnostics.Any(static item => item.Severity == Severity.Alert);
        Assert.Equal(hasAlert, result.Model is null);
    }, iter: 2000);

    [Fact]
    public void Words_written_with_quotes_are_read_back() =>
        Gen.Char[' ', '~'].Array[1, 12].Select(static letters => new string(letters)).Array[1, 10].Sample(static words =>
        {
            string line = string.Join(' ', words.Select(Quote));
            Lexer lexer = new(new VariableScope(new Dictionary<string, string>()));
            Assert.Equal(LexerError.None, lexer.Read(new LineText(Name, 1, Encoding.ASCII.GetBytes(line), true)));
            Assert.Equal(words, lexer.Words.Select(static word => word.Text));
        });

    [Fact]
    public void A_comment_or_a_blank_line_changes_nothing()
    {
        IReadOnlyList<CorpusCase> cases = CorpusFile.Read("proxies.txt");
        Assert.All(cases, item =>
        {
            string spaced = item.Configuration.Replace("\n", " # comment\n\n", StringComparison.Ordinal);
            Assert.Equal(Codes(item.Configuration), Codes(spaced));
        });
    }

    [Fact]
    public void The_usage_of_each_row_that_is_checked_by_it_can_be_read()
    {
        Check(GlobalKeywordTable.Table.Rows);
        Check(ProxyKeywordTable.Table.Rows);
        Check(BindOptions.Table.Rows);
        Check(ServerOptions.Table.Rows);
        foreach (LaterSection section in LaterSections.All.Values) Check(section.Table.Rows);
    }

    private static void Check<TContext>(IReadOnlyList<KeywordRow<TContext>> rows)
    {
        foreach (KeywordRow<TContext> row in rows)
        {
            bool isChecked = row.Status is not (KeywordStatus.Implemented or KeywordStatus.Removed);
            if (isChecked) Assert.NotNull(row.Pattern);
        }
    }

    private static string Quote(string word) =>
        $"\"{word.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("$", "\\$")}\"";

    private static string[] Codes(string text) =>
        Read(Encoding.UTF8.GetBytes(text)).Diagnostics.Select(static item => item.Code).ToArray();

    private static byte[] Damage(byte[] original, int at, byte value, int how)
    {
        at %= original.Length;
        return how switch
        {
            0 => [.. original[..at], value, .. original[(at + 1)..]],
            1 => [.. original[..at], value, .. original[at..]],
            2 => [.. original[..at], .. original[(at + 1)..]],
            _ => original[..at],
        };
    }

    private static ConfigurationResult Read(byte[] bytes) =>
        ConfigurationReader.Read([new ConfigurationSource(Name, bytes)], new ConfigurationEnvironment());
}

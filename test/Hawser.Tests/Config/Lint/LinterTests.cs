using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint;
using Hawser.Config.Lint.Rules;
using Xunit;

namespace Hawser.Tests.Config.Lint;

public sealed class LinterTests
{
    /// <summary>The article's case (docs/loss.md): the server is silent for 10 s, the client would wait 30 s.</summary>
    private const string UnequalTimeouts = """
        defaults
            mode tcp
            timeout connect 5s
            timeout client 30s
            timeout server 10s
        listen database
            bind :5432
            server one 192.0.2.1:5432 check

        """;

    private const string EightHazards = """
        global
            maxconn 2000
            stats socket /run/proxy.sock mode 777 level admin
        defaults
            mode http
            timeout connect 5s
            timeout client 30
            timeout server 30s
            timeout http-request 10ms
        frontend web
            bind :80
            maxconn 5000
            acl admin path_beg /admin
            acl admin src 10.0.0.0/8
            use_backend admin if admin
            use_backend pages
            use_backend images if { path_beg /img }
            default_backend pages
        backend admin
            server a1 192.0.2.1:80 check
            server a2 192.0.2.1:80 check
        backend pages
            cookie SRV insert indirect nocache
            server p1 192.0.2.3:80 check cookie p1
            server p2 192.0.2.4:80 check
        backend images
            server i1 192.0.2.5:443 ssl verify none

        """;

    [Fact]
    public void The_window_of_the_article_is_found_with_its_seconds()
    {
        Diagnostic finding = Assert.Single(Lint(UnequalTimeouts).Findings);
        Assert.Equal("HL101", finding.Code);
        Assert.Equal((5, 20, 3), (finding.Origin.Line, finding.Origin.Column, finding.Origin.Length));
        Assert.Contains("window of 20 s", finding.Consequence, StringComparison.Ordinal);
        Assert.Equal("    timeout server 10s", finding.SourceLine);
    }

    [Fact]
    public void Eight_planted_hazards_are_found_at_their_words_and_nothing_else() =>
        Assert.Equal(
            [
                "HL601 3:39", "HL103 7:20", "HL204 12:13", "HL406 14:9", "HL402 17:5", "HL301 21:15", "HL701 25:12", "HL606 27:40",
            ],
            Places(Lint(EightHazards)));

    [Fact]
    public void What_several_sections_inherit_is_said_once()
    {
        string text = UnequalTimeouts + "listen other\n    bind :5433\n    server one 192.0.2.1:5433 check\n";
        Diagnostic finding = Assert.Single(Lint(text).Findings);
        Assert.EndsWith("(and 1 more like it from this line)", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_defaults_section_is_inherited_from_and_a_later_one_is_not()
    {
        string text = "defaults slow\n    timeout server 60s\n" + UnequalTimeouts.Replace("10s", "30s", StringComparison.Ordinal)
            + "defaults\n    mode http\nlisten other from slow\n    bind :5433\n    timeout client 60s\n    timeout connect 1s\n    server one 192.0.2.1:1\n";
        Assert.Empty(Lint(text).Findings);
    }

    [Fact]
    public void A_line_of_a_branch_that_is_not_taken_is_not_looked_at()
    {
        string text = UnequalTimeouts.Replace(
            "    timeout server 10s\n", "    timeout server 30s\n.if defined(SHORT)\n    timeout server 10s\n.endif\n", StringComparison.Ordinal);
        Assert.Empty(Lint(text).Findings);
        Assert.Equal(["HL101 7:20"], Places(Lint(text, new() { ["SHORT"] = "1" })));
        Assert.Equal(["HL101 10:20"], Places(Lint("global\n    setenv SHORT 1\n" + "\n" + text)));
    }

    [Theory]
    [InlineData("    timeout server 10s", "    timeout server 10s # hawser-lint: allow HL101 it asks first")]
    [InlineData("    timeout server 10s", "    # hawser-lint: allow HL101 it asks first\n\n    # and so on\n    timeout server 10s")]
    [InlineData("defaults\n", "# hawser-lint: allow HL101,HL102 it asks first\ndefaults\n    timeout client 0\n")]
    [InlineData("listen", "# hawser-lint: allow-file HL101 it asks first\nlisten")]
    public void A_waiver_covers_its_line_the_next_one_the_section_or_the_file(string plain, string waived)
    {
        LintResult result = Lint(UnequalTimeouts.Replace(plain, waived, StringComparison.Ordinal));
        Assert.DoesNotContain(result.Findings, static finding => finding.Code == "HL101");
        Assert.Equal(1, result.WaivedCount);
    }

    [Fact]
    public void A_waiver_of_another_line_covers_nothing()
    {
        string text = UnequalTimeouts.Replace("30s\n", "30s # hawser-lint: allow HL101 the wrong line\n", StringComparison.Ordinal);
        Assert.Equal(["HL902 4:26", "HL101 5:20"], Places(Lint(text)));
    }

    [Fact]
    public void Lines_that_hawser_cannot_run_yet_are_looked_at_and_their_errors_only_counted()
    {
        LintResult result = Lint("listen web\n    mode http\n    bind :80 ssl crt a.pem ssl-min-ver SSLv3\n    compression algo gzip\n");
        Assert.Contains("HL604 3:40", Places(result));
        Assert.Empty(result.Unreadable);
        Assert.NotEqual(0, result.AlertCount);
    }

    [Fact]
    public void A_line_that_cannot_be_cut_into_words_is_reported() =>
        Assert.Equal(DiagnosticCodes.BadText, Assert.Single(Lint("global\n    log-tag \"a\n").Unreadable).Code);

    [Fact]
    public void No_bytes_make_the_linter_fail()
    {
        string[] words =
        [
            "defaults", "listen", "backend", "frontend", "global", "from", "acl", "use_backend", "http-request", "if", "unless", "{",
            "}", "!{", "!", "||", "server", "bind", "timeout", "client", "1s", "default-server", "stick-table", "cookie", "insert", "no",
            "option", "balance", "stats", "socket", "mode", "len", "log", "capture", "\n", "\n", "\n", "#", "hawser-lint:", "allow", "\"", "\\", "\u00e9",
        ];
        Gen.Int[0, words.Length - 1].Array[0, 60].Sample(
            parts => { Lint(string.Join(' ', parts.Select(part => words[part]))); }, iter: 2000);
        Gen.Byte.Array[0, 200].Sample(static bytes => { Lint(bytes, []); }, iter: 500);
    }

    private static string[] Places(LintResult result) =>
        [.. result.Findings.Where(static finding => finding.Severity == Severity.Warning || finding.Code == "HL902")
            .Select(static finding => $"{finding.Code} {finding.Origin.Line}:{finding.Origin.Column}")];

    private static LintResult Lint(string text, Dictionary<string, string>? variables = null) =>
        Lint(Encoding.UTF8.GetBytes(text), variables ?? []);

    private static LintResult Lint(byte[] bytes, Dictionary<string, string> variables) =>
        Linter.Lint(
            [new ConfigurationSource("test.cfg", bytes)], new ConfigurationEnvironment { Variables = variables }, LintCatalog.Rules);
}

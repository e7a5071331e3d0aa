using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Xunit;

namespace Hawser.Tests.Config;

public sealed class ReportTests
{
    /// <summary>Six mistakes of different kinds; what each of them causes elsewhere is not a second error.</summary>
    private const string SixMistakes = """
        defaults
            mode tcp
            timeout connect 5s
            timeout client 3O
            timeout server 30s
        frontend web
            bnid :8080
            default_backend farn
        backend farm
            balance roundrobbin
            server one 192.0.2.1:80 wieght 10
            server two 192.0.2.2:99999 check

        """;

    [Fact]
    public void Six_planted_mistakes_give_exactly_six_errors_each_at_its_word()
    {
        Diagnostic[] findings = [.. Read(SixMistakes).Diagnostics];
        Assert.Equal(
            [
                "HWS2014 4:20", "HWS2001 7:5", "HWS2016 10:13", "HWS2002 11:29", "HWS2017 12:16", "HWS3005 8:21",
            ],
            findings.Where(static item => item.Severity == Severity.Alert).Select(static item => $"{item.Code} {item.Origin.Line}:{item.Origin.Column}"));
        Assert.DoesNotContain(findings, static item => item.Severity == Severity.Warning);
    }

    [Fact]
    public void Json_has_each_finding_with_the_columns_of_an_editor()
    {
        FindingReport report = Report("listen a\n  bind :80\n  m\u00f6de \u00e9\ud83d\ude00 tcp\n  timeout client \ud83d\ude00x\n");
        using JsonDocument json = JsonDocument.Parse(FindingJson.Write(report));
        Assert.Equal(1, json.RootElement.GetProperty("version").GetInt32());
        JsonElement[] findings = [.. json.RootElement.GetProperty("findings").EnumerateArray()];
        Assert.Equal(report.Findings.Count, findings.Length);
        JsonElement time = findings.Single(static item => item.GetProperty("code").GetString() == DiagnosticCodes.BadTime);
        // One code point, two code units, four bytes: the word covers columns 18 to 20.
        Assert.Equal((4, 18, 21), (time.GetProperty("line").GetInt32(), time.GetProperty("column").GetInt32(), time.GetProperty("endColumn").GetInt32()));
        Assert.Equal("error", time.GetProperty("severity").GetString());
        Assert.Equal("docs/diagnostics.md#hws2014", time.GetProperty("documentation").GetString());
        Assert.Equal("test file.cfg", time.GetProperty("file").GetString());
        Assert.Equal("  timeout client \ud83d\ude00x", time.GetProperty("source").GetString());
        JsonElement summary = json.RootElement.GetProperty("summary");
        Assert.Equal(report.CountOf(Severity.Alert), summary.GetProperty("errors").GetInt32());
        Assert.Equal(report.CountOf(Severity.Warning), summary.GetProperty("warnings").GetInt32());
    }

    [Fact]
    public void Sarif_has_the_members_that_the_standard_requires()
    {
        FindingReport report = Report(SixMistakes);
        using JsonDocument json = JsonDocument.Parse(SarifLog.Write(report));
        Assert.Equal("2.1.0", json.RootElement.GetProperty("version").GetString());
        JsonElement run = Assert.Single(json.RootElement.GetProperty("runs").EnumerateArray().ToArray());
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("hawser", driver.GetProperty("name").GetString());
        JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(report.Findings.Count, results.Length);
        foreach (JsonElement result in results)
        {
            // Of a result only 'message' is required, of a rule 'id'; the rest is what viewers need.
            Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString());
            Assert.Contains(result.GetProperty("level").GetString(), (string[])["error", "warning", "note"]);
            string id = rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()!;
            Assert.Equal(id, result.GetProperty("ruleId").GetString());
            JsonElement place = Assert.Single(result.GetProperty("locations").EnumerateArray().ToArray()).GetProperty("physicalLocation");
            Assert.Equal("test%20file.cfg", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
            JsonElement region = place.GetProperty("region");
            Assert.True(region.GetProperty("startLine").GetInt32() > 0);
            Assert.True(region.GetProperty("startColumn").GetInt32() > 0);
            Assert.True(region.GetProperty("endColumn").GetInt32() > region.GetProperty("startColumn").GetInt32());
        }
        Assert.All(rules, static rule => Assert.NotEqual("", rule.GetProperty("help").GetProperty("text").GetString()));
    }

    /// <summary>Of every golden file of the reader, and of bytes that are no text.</summary>
    [Fact]
    public void Sarif_fits_its_schema()
    {
        string folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Golden");
        List<string> problems = [];
        int results = 0;
        foreach (byte[] content in Directory.EnumerateFiles(folder, "*.txt", SearchOption.AllDirectories).Select(File.ReadAllBytes)
            .Append([.. "listen a\n  "u8, 0xff, 0xfe, .. " x\n  bind "u8, 0xc3, .. ":80\n"u8]))
        {
            using JsonDocument json = JsonDocument.Parse(SarifLog.Write(Report(content)));
            problems.AddRange(SarifSchema.Check(json.RootElement));
            results += json.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength();
        }

        Assert.Empty(problems);
        Assert.True(results > 1000, $"{results} results checked");
    }

    [Theory]
    [InlineData("""{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}}}]}""", "")]
    [InlineData("""{"version":"2.0.0","runs":[]}""", "$.version: no 2.1.0: 2.0.0")]
    [InlineData("""{"version":"2.1.0","runs":[{"tool":{"driver":{}},"results":[{"level":"fatal","extra":1}]}]}""",
        "$.runs[0].tool.driver: toolComponent without 'name'; $.runs[0].results[0].level: no none|note|warning|error: fatal; "
        + "$.runs[0].results[0]: result without 'message'; $.runs[0].results[0]: result has no 'extra'")]
    public void The_schema_refuses_what_is_wrong(string log, string expected)
    {
        using JsonDocument json = JsonDocument.Parse(log);
        Assert.Equal(expected, string.Join("; ", SarifSchema.Check(json.RootElement)));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [Fact]
    public void Bytes_that_are_no_text_do_not_break_the_documents()
    {
        byte[] bytes = [.. "listen a\n  "u8, 0xff, 0xfe, .. " x\n  bind "u8, 0xc3, .. ":80\n"u8];
        FindingReport report = Report(bytes);
        Assert.NotEmpty(report.Findings);
        using JsonDocument one = JsonDocument.Parse(FindingJson.Write(report));
        using JsonDocument two = JsonDocument.Parse(SarifLog.Write(report));
        JsonElement finding = one.RootElement.GetProperty("findings")[0];
        Assert.Equal((3, 5), (finding.GetProperty("column").GetInt32(), finding.GetProperty("endColumn").GetInt32()));
        Assert.Contains('\ufffd', finding.GetProperty("message").GetString()!);
    }

    [Fact]
    public void The_text_for_editors_begins_with_the_place_and_ends_with_the_page()
    {
        Diagnostic finding = Report("listen a\n    bnid :80\n").Findings[0];
        Assert.Equal(
            "test file.cfg:2:5: error HWS2001: unknown keyword 'bnid' in 'listen' section\n"
            + "   |     bnid :80\n   |     ^~~~\n   | did you mean 'bind' maybe ?\n   | see docs/diagnostics.md#hws2001\n",
            DiagnosticText.InCompilersShape(finding, DiagnosticCatalog.Find(finding.Code)));
    }

    private static FindingReport Report(string text) => Report(Encoding.UTF8.GetBytes(text));

    private static FindingReport Report(byte[] bytes) => new("3.5.0", Read(bytes).Diagnostics, DiagnosticCatalog.Find);

    private static ConfigurationResult Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static ConfigurationResult Read(byte[] bytes) =>
        ConfigurationReader.Read([new ConfigurationSource("test file.cfg", bytes)], new ConfigurationEnvironment());
}

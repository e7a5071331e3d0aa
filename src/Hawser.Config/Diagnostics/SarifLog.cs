using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Hawser.Config.Diagnostics;

/// <summary>Findings as a SARIF 2.1.0 log with one run (OASIS standard of that name).</summary>
public static class SarifLog
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string Version = "2.1.0";

    public static string Write(FindingReport report) => JsonText.Create(report, static (json, report) => Write(json, report));

    private static void Write(Utf8JsonWriter json, FindingReport report)
    {
        string[] codes = [.. report.Findings.Select(static finding => finding.Code).Distinct().Order(StringComparer.Ordinal)];
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("version", Version);
        json.WriteStartArray("runs");
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", FindingReport.ToolName);
        json.WriteString("version", report.ToolVersion);
        json.WriteStartArray("rules");
        foreach (string code in codes) WriteRule(json, code, report.Describe(code));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (Diagnostic finding in report.Findings) WriteResult(json, finding, codes);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, string code, CodeDescription? description)
    {
        json.WriteStartObject();
        json.WriteString("id", code);
        if (description is not null)
        {
            WriteMessage(json, "shortDescription", description.Title);
            WriteMessage(json, "fullDescription", description.Meaning);
            WriteMessage(json, "help", $"{description.Remedy} See {description.Link}.");
        }
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Diagnostic finding, string[] codes)
    {
        List<string> parts = [DiagnosticText.SentenceOf(finding)];
        if (finding.Consequence is not null) parts.Add("Consequence: " + finding.Consequence);
        if (finding.Hint is not null) parts.Add(finding.Hint);
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Code);
        json.WriteNumber("ruleIndex", Array.IndexOf(codes, finding.Code));
        json.WriteString("level", DiagnosticText.NameOf(finding.Severity));
        WriteMessage(json, "message", string.Join('\n', parts));
        if (finding.Origin.IsKnown) WriteLocation(json, finding);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, Diagnostic finding)
    {
        SourceSpan span = SourceSpan.Of(finding);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(finding.Origin.File));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", finding.Origin.Line);
        json.WriteNumber("startColumn", span.Start + 1);
        json.WriteNumber("endColumn", span.Start + span.Length + 1);
        if (finding.SourceLine is not null) WriteMessage(json, "snippet", finding.SourceLine);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", JsonText.Printable(text));
        json.WriteEndObject();
    }

    /// <summary>A relative reference for a relative path, a file URI for an absolute one.</summary>
    private static string UriOf(string path)
    {
        string escaped = string.Join('/', JsonText.Printable(path).Split('/').Select(Uri.EscapeDataString));
        return path.StartsWith('/') ? "file://" + escaped : escaped;
    }
}

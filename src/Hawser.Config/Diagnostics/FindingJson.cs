using System.Text.Json;

namespace Hawser.Config.Diagnostics;

/// <summary>Findings as one JSON object; its fields are described in docs/diagnostics.md and stay as they are.</summary>
public static class FindingJson
{
    private const int ShapeVersion = 1;

    public static string Write(FindingReport report) => JsonText.Create(report, static (json, report) => Write(json, report));

    private static void Write(Utf8JsonWriter json, FindingReport report)
    {
        json.WriteStartObject();
        json.WriteNumber("version", ShapeVersion);
        json.WriteString("tool", FindingReport.ToolName);
        json.WriteString("toolVersion", report.ToolVersion);
        json.WriteStartArray("findings");
        foreach (Diagnostic finding in report.Findings) Write(json, finding, report.Describe(finding.Code));
        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("errors", report.CountOf(Severity.Alert));
        json.WriteNumber("warnings", report.CountOf(Severity.Warning));
        json.WriteNumber("notes", report.CountOf(Severity.Notice) + report.CountOf(Severity.Diag));
        json.WriteNumber("waived", report.WaivedCount);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Diagnostic finding, CodeDescription? description)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        json.WriteString("severity", DiagnosticText.NameOf(finding.Severity));
        json.WriteString("message", JsonText.Printable(DiagnosticText.SentenceOf(finding)));
        WriteOptional(json, "consequence", finding.Consequence);
        WriteOptional(json, "hint", finding.Hint);
        if (finding.Origin.IsKnown)
        {
            SourceSpan span = SourceSpan.Of(finding);
            json.WriteString("file", JsonText.Printable(finding.Origin.File));
            json.WriteNumber("line", finding.Origin.Line);
            json.WriteNumber("column", span.Start + 1);
            json.WriteNumber("endColumn", span.Start + span.Length + 1);
            WriteOptional(json, "source", finding.SourceLine);
        }
        WriteOptional(json, "documentation", description?.Link);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, JsonText.Printable(value));
    }
}

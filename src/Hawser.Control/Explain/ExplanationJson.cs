using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hawser.Control.Explain;

/// <summary>Explanations for programs: one object a line. A field that the log line lacks is absent.</summary>
public static class ExplanationJson
{
    private static readonly JsonWriterOptions s_options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Explanation explanation) => Create(json => Write(json, explanation));

    /// <summary>For a line that could not be read.</summary>
    public static string WriteProblem(string text, string problem) => Create(json =>
    {
        json.WriteStartObject();
        json.WriteString("line", Clean(text));
        json.WriteString("problem", Clean(problem));
        json.WriteEndObject();
    });

    public static string Write(StreamSummary summary) => Create(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("summary");
        json.WriteNumber("lines", summary.Lines);
        json.WriteNumber("unreadable", summary.Unreadable);
        json.WriteNumber("bytes_lost", summary.BytesLost);
        json.WriteStartArray("causes");
        foreach (CauseCount count in summary.Causes)
        {
            json.WriteStartObject();
            json.WriteString("state", count.State);
            json.WriteNumber("count", count.Count);
            json.WriteString("meaning", count.Headline);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteLines(json, "slowest", summary.Slowest);
        WriteLines(json, "lossy", summary.Lossy);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteLines(Utf8JsonWriter json, string name, IReadOnlyList<LogLine> lines)
    {
        json.WriteStartArray(name);
        foreach (LogLine line in lines) json.WriteStringValue(Clean(line.Text));
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        LogLine line = explanation.Line;
        json.WriteStartObject();
        json.WriteString("line", Clean(line.Text));
        json.WriteString("format", explanation.Format);
        json.WriteString("headline", explanation.Headline);
        Text(json, "cut_at", line.CutAt);
        json.WriteStartObject("fields");
        Text(json, "program", line.Prefix.Program);
        Number(json, "pid", line.Prefix.ProcessId);
        Text(json, "client", line.Client);
        Text(json, "date", line.Date);
        Text(json, "destination", line.Destination);
        Text(json, "frontend", line.Frontend);
        Text(json, "listener", line.Listener);
        Text(json, "backend", line.Backend);
        Text(json, "server", line.Server);
        Text(json, "message", line.Message);
        Text(json, "termination", line.Termination);
        Number(json, "status", line.Status);
        Number(json, "bytes_read", line.BytesRead);
        Number(json, "bytes_uploaded", line.BytesUploaded);
        Number(json, "total_ms", line.TotalMs);
        Number(json, "retries", line.Retries);
        if (line.Retries is not null) json.WriteBoolean("redispatched", line.IsRedispatched);
        Number(json, "process_connections", line.ProcessConnections);
        Number(json, "frontend_connections", line.FrontendConnections);
        Number(json, "backend_connections", line.BackendConnections);
        Number(json, "server_connections", line.ServerConnections);
        Number(json, "server_queue", line.ServerQueue);
        Number(json, "backend_queue", line.BackendQueue);
        Text(json, "request", line.Request);
        Number(json, "request_bytes_lost", line.Loss.RequestLost);
        Number(json, "response_bytes_lost", line.Loss.ResponseLost);
        Number(json, "request_bytes_unconfirmed", line.Loss.RequestUnconfirmed);
        Number(json, "response_bytes_unconfirmed", line.Loss.ResponseUnconfirmed);
        json.WriteEndObject();
        json.WriteStartArray("timers");
        foreach (TimerReading timer in explanation.Timers)
        {
            json.WriteStartObject();
            json.WriteString("name", timer.Name);
            json.WriteString("meaning", timer.Words);
            Number(json, "ms", timer.Milliseconds);
            json.WriteBoolean("ended_here", timer.IsWhereItEnded);
            Text(json, "remark", timer.Remark);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Text(json, "where_time_went", explanation.WhereTimeWent);
        Texts(json, "notes", explanation.Notes);
        Texts(json, "loss", explanation.Loss);
        json.WriteStartArray("causes");
        foreach (RankedCause cause in explanation.Causes)
        {
            json.WriteStartObject();
            json.WriteString("text", cause.Text);
            if (cause.HasEvidence is { } evidence) json.WriteBoolean("evidence", evidence);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Texts(json, "next", explanation.Next);
        json.WriteStartArray("configuration");
        foreach (ConfigurationNote note in explanation.Configuration)
        {
            json.WriteStartObject();
            json.WriteString("text", Clean(note.Text));
            if (note.Origin.IsKnown)
            {
                json.WriteString("file", Clean(note.Origin.File));
                json.WriteNumber("line", note.Origin.Line);
                json.WriteNumber("column", note.Origin.Column);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, Clean(value));
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(Clean(value));
        json.WriteEndArray();
    }

    /// <summary>JSON is Unicode: half surrogates become U+FFFD.</summary>
    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) clean.Append(rune);
        return clean.ToString();
    }

    private static string Create(System.Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, s_options)) write(json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}

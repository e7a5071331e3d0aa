using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hawser.Proxy.Building;

namespace Hawser.Control.Reloads;

/// <summary>A plan for programs: one object.</summary>
public static class PlanJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ReloadPlan plan)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteStartObject("sessions");
            json.WriteNumber("live", plan.Sessions);
            json.WriteNumber("draining", plan.Draining);
            json.WriteNumber("moving", plan.Moving);
            json.WriteEndObject();
            json.WriteStartArray("items");
            foreach (PlanItem item in plan.Items)
            {
                json.WriteStartObject();
                json.WriteString("kind", item.Kind);
                json.WriteString("name", item.Name);
                json.WriteString("change", PlanText.Name(item.Change));
                json.WriteNumber("sessions", item.Sessions);
                json.WriteNumber("idle_connections_closed", item.IdleConnections);
                if (item.Note is not null)
                    json.WriteString("note", item.Note);
                json.WriteStartArray("lines");
                foreach (string line in item.Lines)
                    json.WriteStringValue(line);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>For a configuration that is refused.</summary>
    public static string WriteProblem(string problem, string messages)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("problem", problem);
            json.WriteString("messages", messages);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

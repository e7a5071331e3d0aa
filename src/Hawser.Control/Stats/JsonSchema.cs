using System.Buffers;

namespace Hawser.Control.Stats;

/// <summary>
/// "show schema json" and ";json-schema": what "show info json" and "show stat json" look like, in the language of
/// json-schema.org, draft 4.
/// </summary>
public static class JsonSchema
{
    private const string Value = "{\"$ref\":\"#/definitions/typedValue\"}";

    public static void Write(IBufferWriter<byte> output)
    {
        output.Write("{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"oneOf\":[");
        output.Write(List("Info", "InfoItem", "", ""));
        output.Write(',');
        output.Write("{\"title\":\"Stat\",\"type\":\"array\",\"items\":");
        output.Write(List("StatLine", "StatItem",
            "\"objType\":{\"enum\":[\"Frontend\",\"Backend\",\"Listener\",\"Server\",\"Unknown\"]},"
            + "\"proxyId\":{\"type\":\"integer\",\"minimum\":0},\"id\":{\"type\":\"integer\",\"minimum\":0},",
            "\"objType\",\"proxyId\",\"id\","));
        output.Write("},{\"title\":\"Error\",\"type\":\"object\",\"properties\":{\"errorStr\":{\"type\":\"string\"}},\"required\":[\"errorStr\"]}],");
        output.Write("\"definitions\":{");
        output.Write("\"field\":{\"type\":\"object\",\"properties\":{\"pos\":{\"type\":\"integer\",\"minimum\":0},\"name\":{\"type\":\"string\"}},\"required\":[\"pos\",\"name\"]},");
        output.Write("\"processNum\":{\"type\":\"integer\",\"minimum\":1},");
        output.Write("\"tags\":{\"type\":\"object\",\"properties\":{\"origin\":{\"enum\":[\"Metric\",\"Status\",\"Key\",\"Config\",\"Product\",\"Unknown\"]},");
        output.Write("\"nature\":{\"enum\":[\"Gauge\",\"Limit\",\"Min\",\"Max\",\"Rate\",\"Counter\",\"Duration\",\"Age\",\"Time\",\"Name\",\"Output\",\"Avg\",\"Unknown\"]},");
        output.Write("\"scope\":{\"enum\":[\"Cluster\",\"Process\",\"Service\",\"System\",\"Unknown\"]}},\"required\":[\"origin\",\"nature\",\"scope\"]},");
        output.Write("\"typedValue\":{\"oneOf\":[");
        output.Write(Number("s32", "-2147483648", "2147483647"));
        output.Write(',');
        output.Write(Number("s64", "-9223372036854775808", "9223372036854775807"));
        output.Write(',');
        output.Write(Number("u32", "0", "4294967295"));
        output.Write(',');
        output.Write(Number("u64", "0", "18446744073709551615"));
        output.Write(",{\"type\":\"object\",\"properties\":{\"type\":{\"enum\":[\"str\"]},\"value\":{\"type\":\"string\"}},\"required\":[\"type\",\"value\"]}]}}}\n");
    }

    private static string List(string title, string item, string properties, string required) =>
        $"{{\"title\":\"{title}\",\"type\":\"array\",\"items\":{{\"title\":\"{item}\",\"type\":\"object\",\"properties\":{{{properties}"
        + "\"field\":{\"$ref\":\"#/definitions/field\"},\"processNum\":{\"$ref\":\"#/definitions/processNum\"},"
        + $"\"tags\":{{\"$ref\":\"#/definitions/tags\"}},\"value\":{Value}}},\"required\":[{required}\"field\",\"processNum\",\"tags\",\"value\"]}}}}";

    private static string Number(string type, string minimum, string maximum) =>
        $"{{\"type\":\"object\",\"properties\":{{\"type\":{{\"enum\":[\"{type}\"]}},\"value\":{{\"type\":\"integer\",\"minimum\":{minimum},\"maximum\":{maximum}}}}},"
        + "\"required\":[\"type\",\"value\"]}";
}

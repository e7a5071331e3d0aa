using System;
using System.Buffers;
using System.Linq;
using System.Text;
using System.Text.Json;
using Hawser.Control.Stats;
using Xunit;

namespace Hawser.Tests.Control.Stats;

public sealed class StatFieldsTests
{
    [Fact]
    public void Columns_of_modules_follow_HAProxys_own_and_ours_come_last()
    {
        Assert.Equal(Enum.GetValues<StatField>().Length, StatFields.List.Length);
        Assert.Equal("cache_hint_hits", StatFields.List[StatFields.StandardCount - 1].Name);
        Assert.Equal("h2_headers_rcvd", StatFields.List[StatFields.StandardCount].Name);
        Assert.Equal("h1_spliced_bytes_out", StatFields.List[StatFields.OwnFrom - 1].Name);
        Assert.Equal(
            ["req_bytes_lost", "res_bytes_lost", "req_bytes_unconfirmed", "res_bytes_unconfirmed", "lossy_sessions"],
            StatFields.List.Skip(StatFields.OwnFrom).Select(static field => field.Name));
    }

    [Fact]
    public void Each_module_has_columns_of_its_name()
    {
        foreach (ModuleStats.Module module in ModuleStats.List)
        {
            for (StatField field = module.First; field <= module.Last; field++)
                Assert.StartsWith(module.Name + "_", StatFields.List[(int)field].Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Servers_and_listeners_have_the_columns_of_TLS_only()
    {
        foreach (StatObject kind in Enum.GetValues<StatObject>())
        {
            StatLine line = new(kind, 1, 1);
            ModuleStats.Begin(line);
            bool isProxy = kind is StatObject.Frontend or StatObject.Backend;
            Assert.True(line[StatField.TlsSessions].IsSet);
            Assert.Equal(isProxy, line[StatField.Http1ConnectionsOpen].IsSet);
            Assert.Equal(isProxy, line[StatField.Http2HeadersReceived].IsSet);
        }
    }

    [Fact]
    public void The_schema_is_JSON_and_knows_the_words_that_are_written()
    {
        ArrayBufferWriter<byte> output = new();
        JsonSchema.Write(output);
        using JsonDocument schema = JsonDocument.Parse(output.WrittenMemory);
        JsonElement tags = schema.RootElement.GetProperty("definitions").GetProperty("tags").GetProperty("properties");
        string[] natures = [.. tags.GetProperty("nature").GetProperty("enum").EnumerateArray().Select(static one => one.GetString()!)];
        StatLine line = new(StatObject.Server, 1, 1);
        for (int i = 0; i < line.Values.Length; i++) line.Values[i] = 1;
        ArrayBufferWriter<byte> written = new();
        JsonStats.WriteLine(written, line);
        using JsonDocument values = JsonDocument.Parse(written.WrittenMemory);
        foreach (JsonElement value in values.RootElement.EnumerateArray())
            Assert.Contains(value.GetProperty("tags").GetProperty("nature").GetString(), natures);
        Assert.Equal((byte)'\n', output.WrittenSpan[^1]);
        Assert.DoesNotContain("\n", Encoding.UTF8.GetString(output.WrittenSpan[..^1]), StringComparison.Ordinal);
    }
}

using System;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Xunit;

namespace Hawser.Tests.Protocols.Http;

/// <summary>What rules do with a message's index: fields come and go where they stand.</summary>
public sealed unsafe class HttpMessageEditTests : IDisposable
{
    private const int BlockBytes = 1024;

    private readonly byte* _block = (byte*)NativeMemory.Alloc(BlockBytes);

    public void Dispose() => NativeMemory.Free(_block);

    [Theory]
    [InlineData("cookie")]
    [InlineData("x-none-of-ours")]
    public void All_fields_of_a_name_are_removed_and_found_no_more(string name)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(name);
        HttpMessage message = Read($"GET / HTTP/1.1\r\n{name}: a\r\nhost: h\r\n{name}: b\r\n{name}: c\r\n\r\n");
        int before = message.AccountedBytes;
        if (FieldNames.Find(bytes) is var known && known != FieldName.Other) message.Remove(known);
        else message.Remove(bytes);
        Assert.Equal(-1, message.Find(bytes));
        Assert.Equal("GET / HTTP/1.1\r\nhost: h\r\n\r\n", Written(message));
        Assert.Equal(before - (3 * (name.Length + 1)), message.AccountedBytes);
        Assert.True(message.TryAdd(bytes, "d"u8));
        Assert.Equal("d", Encoding.ASCII.GetString(message.ValueOf(message.Find(bytes))));
    }

    [Fact]
    public void A_target_that_a_rule_has_set_is_written_as_it_is()
    {
        HttpMessage message = Read("GET http://h HTTP/1.1\r\nhost: h\r\n\r\n");
        Assert.True(message.IsPathMissing);
        Assert.True(message.TrySetTarget("http://h/a"u8));
        Assert.False(message.IsPathMissing);
        Assert.Equal("GET http://h/a HTTP/1.1\r\nhost: h\r\n\r\n", Written(message));
    }

    private HttpMessage Read(string text)
    {
        HttpMessage message = new(fieldsMaximum: 10);
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        bytes.CopyTo(new Span<byte>(_block, BlockBytes));
        message.Begin(_block, BlockBytes, isRequest: true);
        Http1HeadParser parser = new(message, Http1Leniency.Strict);
        Assert.Equal(Http1Result.Complete, parser.Parse(bytes.Length));
        message.Used = bytes.Length;
        return message;
    }

    private static string Written(HttpMessage message)
    {
        byte[] output = new byte[BlockBytes];
        Assert.True(Http1HeadWriter.TryWrite(message, output, withEnd: true, out int written));
        return Encoding.ASCII.GetString(output, 0, written);
    }
}

using System;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Attributes;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;

namespace Hawser.MicroBenchmarks;

/// <summary>The head of a browser's request and of a page's response: read, and written again with one field more.</summary>
public unsafe class HttpBenchmarks
{
    private const int BlockBytes = 16384;
    private const int FieldsMaximum = 100;

    private static readonly byte[] s_request = Head("""
        GET /api/v2/customers/4711/orders?page=3&sort=date HTTP/1.1
        Host: www.shop.example.com
        User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
        Accept-Language: en-US,en;q=0.5
        Accept-Encoding: gzip, deflate, br
        Referer: https://www.shop.example.com/customers/4711
        Cookie: session=0f4c6a1e9b7d4c0f; theme=dark; server=app-3
        Connection: keep-alive
        """);

    private static readonly byte[] s_response = Head("""
        HTTP/1.1 200 OK
        Date: Sat, 28 Nov 2026 19:00:00 GMT
        Server: Apache
        Content-Type: text/html; charset=utf-8
        Content-Length: 34567
        Cache-Control: private, max-age=0
        Set-Cookie: session=0f4c6a1e9b7d4c0f; path=/; HttpOnly
        Vary: Accept-Encoding
        """);

    private readonly byte* _block = (byte*)NativeMemory.AllocZeroed(BlockBytes);
    private readonly HttpMessage _message = new(FieldsMaximum);
    private readonly byte[] _output = new byte[BlockBytes];

    [Benchmark]
    public bool ReadRequest() => Read(s_request, isRequest: true);

    [Benchmark]
    public bool ReadResponse() => Read(s_response, isRequest: false);

    [Benchmark]
    public int ReadAndWriteRequest()
    {
        Read(s_request, isRequest: true);
        _message.TryAdd("x-forwarded-for"u8, "198.51.100.77"u8);
        Http1HeadWriter.TryWrite(_message, _output, withEnd: true, out int written);
        return written;
    }

    [GlobalCleanup]
    public void Free() => NativeMemory.Free(_block);

    /// <summary>The parser lowers names where they stand: each operation begins with the bytes as they came.</summary>
    private bool Read(byte[] head, bool isRequest)
    {
        head.CopyTo(new Span<byte>(_block, BlockBytes));
        _message.Begin(_block, BlockBytes, isRequest);
        Http1HeadParser parser = new(_message, Http1Leniency.Strict);
        return parser.Parse(head.Length) == Http1Result.Complete;
    }

    private static byte[] Head(string lines) => Encoding.ASCII.GetBytes(lines.Replace("\r", "").Replace("\n", "\r\n") + "\r\n\r\n");
}

using System;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;

namespace Hawser.Tests.Protocols.Http1;

/// <summary>A head that was parsed from bytes that came in pieces, and what is written from it.</summary>
internal sealed unsafe class ParsedHead : IDisposable
{
    private const int BlockBytes = 16384;
    private const int FieldsMaximum = 101;

    private readonly byte* _block = (byte*)NativeMemory.AllocZeroed(BlockBytes);

    public ParsedHead(ReadOnlySpan<byte> bytes, bool isRequest, Http1Leniency leniency, int pieceBytes)
    {
        Message = new HttpMessage(FieldsMaximum);
        Message.Begin(_block, BlockBytes, isRequest);
        Http1HeadParser parser = new(Message, leniency);
        int received = 0;
        Result = Http1Result.NeedMore;
        while (Result == Http1Result.NeedMore && received < bytes.Length)
        {
            int length = Math.Min(pieceBytes, bytes.Length - received);
            bytes.Slice(received, length).CopyTo(new Span<byte>(_block + received, length));
            received += length;
            Result = parser.Parse(received);
        }

        Error = parser.Error;
        ErrorAt = parser.ErrorAt;
    }

    public HttpMessage Message { get; }

    public Http1Result Result { get; }

    public Http1Error Error { get; }

    public int ErrorAt { get; }

    public string Written
    {
        get
        {
            byte[] output = new byte[BlockBytes];
            return Http1HeadWriter.TryWrite(Message, output, withEnd: true, out int written)
                ? Encoding.Latin1.GetString(output, 0, written)
                : "no room";
        }
    }

    public void Dispose() => NativeMemory.Free(_block);
}

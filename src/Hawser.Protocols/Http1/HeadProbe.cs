using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>
/// Looks for a head in bytes that somebody else owns: the parser changes what it reads, so it gets a copy. One per loop,
/// used again; a result is valid until the next look. As strict as HAProxy is in mode tcp.
/// </summary>
public sealed unsafe class HeadProbe
{
    private readonly byte[] _block;

    /// <summary>What a client of HTTP/2 begins with (RFC 9113 section 3.4).</summary>
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\n"u8;

    /// <param name="fieldsMaximum">"tune.http.maxhdr".</param>
    /// <param name="blockBytes">"tune.bufsize": what can be waiting.</param>
    public HeadProbe(int fieldsMaximum, int blockBytes)
    {
        Message = new HttpMessage(fieldsMaximum);
        _block = GC.AllocateUninitializedArray<byte>(blockBytes, pinned: true);
    }

    /// <summary>After a look that was <see cref="Http1Result.Complete"/>; what a look that failed has found so far.</summary>
    public HttpMessage Message { get; }

    public Http1Result Look(ReadOnlySpan<byte> bytes, bool isRequest)
    {
        Message.Begin((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_block)), _block.Length, isRequest);
        if (bytes.Length > _block.Length) bytes = bytes[.._block.Length];
        bytes.CopyTo(_block);
        Http1HeadParser parser = new(Message, Http1Leniency.Strict);
        Http1Result result = parser.Parse(bytes.Length);
        if (result != Http1Result.Invalid || !isRequest) return result;
        // Versions 0.9 and 2 are no requests that we would serve, but HTTP all the same.
        bool isOld = parser.Error == Http1Error.Version && Message.VersionText.IsEmpty && Message.Method == HttpMethod.Get;
        return isOld || bytes.StartsWith(Preface) ? Http1Result.Complete : result;
    }
}

using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>
/// Looks for a head in bytes that somebody else owns: the parser changes what it reads, so it gets a copy. One per loop,
/// used again; a result is valid until the next look.
/// </summary>
public sealed unsafe class HeadProbe
{
    private readonly byte[] _block;

    /// <param name="fieldsMaximum">"tune.http.maxhdr".</param>
    /// <param name="blockBytes">"tune.bufsize": what can be waiting.</param>
    public HeadProbe(int fieldsMaximum, int blockBytes)
    {
        Message = new HttpMessage(fieldsMaximum);
        _block = GC.AllocateUninitializedArray<byte>(blockBytes, pinned: true);
    }

    /// <summary>After a look that was <see cref="Http1Result.Complete"/>; what a look that failed has found so far.</summary>
    public HttpMessage Message { get; }

    public Http1Error Error { get; private set; }

    public Http1Result Look(ReadOnlySpan<byte> bytes, bool isRequest)
    {
        Error = Http1Error.None;
        Message.Begin((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_block)), _block.Length, isRequest);
        if (bytes.Length > _block.Length) bytes = bytes[.._block.Length];
        bytes.CopyTo(_block);
        Http1HeadParser parser = new(Message, Http1Leniency.Strict);
        Http1Result result = parser.Parse(bytes.Length);
        Error = parser.Error;
        return result;
    }
}

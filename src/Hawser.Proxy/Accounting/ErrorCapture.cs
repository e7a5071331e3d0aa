using System;
using System.Threading;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;

namespace Hawser.Proxy.Accounting;

/// <summary>
/// The last message of one proxy that broke the protocol ("show errors"): a frontend's requests or a backend's responses.
/// Any loop may keep one, and nobody waits: when two come at once, one is not kept. Memory is taken with the first one.
/// </summary>
public sealed class ErrorCapture
{
    private int _isBusy;
    private byte[]? _bytes;
    private int _length;
    private CapturedFault _fault;

    /// <param name="fault">What is known of it.</param>
    /// <param name="bytes">What was received, from its beginning.</param>
    /// <param name="more">What follows it, where something has been cut out between them.</param>
    /// <param name="most">Never more: "tune.bufsize".</param>
    public void Keep(in CapturedFault fault, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> more, int most)
    {
        if (Interlocked.CompareExchange(ref _isBusy, 1, 0) != 0) return;
        _bytes ??= new byte[most];
        _length = Math.Min(bytes.Length, _bytes.Length);
        bytes[.._length].CopyTo(_bytes);
        more = more[..Math.Min(more.Length, _bytes.Length - _length)];
        more.CopyTo(_bytes.AsSpan(_length));
        _length += more.Length;
        _fault = fault;
        Volatile.Write(ref _isBusy, 0);
    }

    /// <summary>A copy for an operator.</summary>
    /// <returns>False when one is being kept just now: ask again. With no bytes: there is none.</returns>
    public bool TryCopy(out CapturedFault fault, out byte[] bytes)
    {
        fault = default;
        bytes = [];
        if (Interlocked.CompareExchange(ref _isBusy, 1, 0) != 0) return false;
        if (_bytes is not null) bytes = _bytes[.._length];
        fault = _fault;
        Volatile.Write(ref _isBusy, 0);
        return true;
    }
}

/// <summary>Where a message came from that broke the protocol, and how it did.</summary>
public readonly record struct CapturedFault
{
    public required bool IsRequest { get; init; }

    public required UnixTime Date { get; init; }

    /// <summary>Its number in the process, from 0.</summary>
    public required uint Number { get; init; }

    public required NetworkAddress Client { get; init; }

    public required string FrontendName { get; init; }

    public required int FrontendId { get; init; }

    /// <summary>Null before there is one.</summary>
    public string? BackendName { get; init; }

    public int BackendId { get; init; }

    public string? ServerName { get; init; }

    public int ServerId { get; init; }

    /// <summary>None: something that only relaxed parsing lets pass.</summary>
    public required Http1Error Error { get; init; }

    /// <summary>How the body ends, of a message that was let pass.</summary>
    public BodyFraming Framing { get; init; }

    /// <summary>Of a body whose length is known: all of it.</summary>
    public ulong ChunkBytes { get; init; }

    /// <summary>Of a body in chunks: what its chunks have announced so far.</summary>
    public ulong BodyBytes { get; init; }

    /// <summary>Of the byte, in what was received.</summary>
    public required int ErrorAt { get; init; }

    /// <summary>Size of the block that it was in.</summary>
    public required int BlockBytes { get; init; }
}

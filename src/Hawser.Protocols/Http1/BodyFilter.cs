using System;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>What <see cref="BodyFilter.Pass"/> says about the body so far.</summary>
public enum BodyStep : byte
{
    /// <summary>All right up to here; more has to come.</summary>
    NeedMore,

    /// <summary>The last chunk is through: trailer fields and an empty line follow.</summary>
    Trailers,

    /// <summary>The message has ended.</summary>
    Done,
    Invalid,
}

/// <summary>
/// One message's body on its way through: knows where it ends and leaves out what is not passed on. Bytes are looked at
/// where they lie and stay there.
/// </summary>
public struct BodyFilter
{
    private ChunkReader _chunks;
    private bool _isInTrailers;

    /// <param name="message">A complete head.</param>
    public BodyFilter(HttpMessage message)
    {
        Framing = message.Framing;
        Left = message.Framing == BodyFraming.Length ? message.ContentLength : 0;
        IsDone = Framing == BodyFraming.None || (Framing == BodyFraming.Length && Left == 0);
    }

    public BodyFraming Framing { get; private set; }

    /// <summary>With <see cref="BodyFraming.Length"/>: bytes still to come.</summary>
    public ulong Left { get; private set; }

    /// <summary>The message has ended.</summary>
    public bool IsDone { get; private set; }

    /// <summary>
    /// What HAProxy counts a body for, in logs and statistics: its data without what frames it, one byte for the end of
    /// chunks, the texts of trailer fields.
    /// </summary>
    public long AccountedBytes { get; private set; }

    public readonly Http1Error Error => _chunks.Error;

    /// <summary>Where the last call of <see cref="Pass"/> has found what is wrong, and what went before it.</summary>
    public BodyFault Fault { get; private set; }

    /// <summary>"option http-drop-request-trailers" and its like: trailer fields are read, and not passed on.</summary>
    public bool DropsTrailers;

    /// <summary>Trailer fields are still to come.</summary>
    public readonly bool IsInTrailers => _isInTrailers && !IsDone;

    /// <summary>As many bytes may be read at once: none of the next message where that can be known.</summary>
    public readonly int ReadLimit(int room) =>
        Framing == BodyFraming.Length ? (int)Math.Min((ulong)room, Left) : room;

    /// <summary>Bytes pass without being looked at: they may go past user space.</summary>
    public readonly bool IsPlain => Framing is BodyFraming.Length or BodyFraming.UntilClose;

    /// <summary>A part of a plain body went through.</summary>
    public void Passed(int length)
    {
        AccountedBytes += length;
        if (Framing != BodyFraming.Length) return;
        Left -= (ulong)length;
        IsDone = Left == 0;
    }

    /// <summary>Looks at what has come since the last call; it may be changed in place.</summary>
    /// <param name="taken">How much of it belongs to the body and is dealt with.</param>
    /// <param name="kept">How much is to be passed on; it lies at the beginning.</param>
    public BodyStep Pass(Span<byte> bytes, out int taken, out int kept)
    {
        if (Framing == BodyFraming.Chunked && !_isInTrailers)
        {
            ChunkStep step = _chunks.Filter(bytes, out taken, out kept, out int data);
            AccountedBytes += data;
            if (step == ChunkStep.Invalid)
            {
                Fault = new BodyFault(_chunks.Error, kept, taken, _chunks.Announced);
                return BodyStep.Invalid;
            }

            _isInTrailers = step == ChunkStep.Trailers;
            return _isInTrailers ? BodyStep.Trailers : BodyStep.NeedMore;
        }

        taken = IsPlain ? ReadLimit(bytes.Length) : 0;
        kept = taken;
        Passed(taken);
        return IsDone ? BodyStep.Done : _isInTrailers ? BodyStep.Trailers : BodyStep.NeedMore;
    }

    /// <summary>
    /// The usual end of chunks: no trailer field, only the empty line. False when something else follows, or nothing yet.
    /// </summary>
    /// <param name="rest">What follows the last chunk; the first two bytes are dealt with when this is true.</param>
    public bool TryEndPlainly(ReadOnlySpan<byte> rest)
    {
        if (!IsInTrailers || !rest.StartsWith("\r\n"u8)) return false;
        Ended();
        return true;
    }

    /// <summary>Trailer fields are not in order.</summary>
    /// <param name="at">The byte, from their beginning.</param>
    public void TrailersBroken(int at) => Fault = new BodyFault(Http1Error.Trailer, at, at, _chunks.Announced);

    /// <summary>The trailers are through, or the connection of a body that ends with it has closed.</summary>
    /// <param name="trailerBytes">What their names and values count for.</param>
    public void Ended(int trailerBytes = 0)
    {
        IsDone = true;
        if (Framing == BodyFraming.Chunked) AccountedBytes += 1 + trailerBytes;
    }
}

using System;
using Hawser.Fuzz.Memory;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;

namespace Hawser.Fuzz.Targets;

/// <summary>A body that came in pieces, as a proxy takes it: through its filter, then its trailers in one piece.</summary>
internal sealed unsafe class PassedBody
{
    private readonly byte[] _output;
    private int _length;

    /// <param name="head">The head before it.</param>
    /// <param name="body">What follows the head.</param>
    /// <param name="piece">Bytes that come at once.</param>
    public PassedBody(HttpMessage head, ReadOnlySpan<byte> body, int piece)
    {
        _output = new byte[body.Length];
        BodyFilter filter = new(head);
        Step = filter.IsDone ? BodyStep.Done : BodyStep.NeedMore;
        while (Step == BodyStep.NeedMore && TakenBytes < body.Length)
            Pass(ref filter, body[TakenBytes..][..Math.Min(piece, body.Length - TakenBytes)]);
        int come = TakenBytes;
        while (Step == BodyStep.Trailers && come < body.Length)
        {
            come = (int)Math.Min((long)come + piece, body.Length);
            TakeTrailers(ref filter, body[TakenBytes..come]);
        }

        AccountedBytes = filter.AccountedBytes;
    }

    /// <summary><see cref="BodyStep.NeedMore"/> and <see cref="BodyStep.Trailers"/>: more of it would have to come.</summary>
    public BodyStep Step { get; private set; }

    public int TakenBytes { get; private set; }

    public long AccountedBytes { get; }

    /// <summary>What is passed on.</summary>
    public ReadOnlySpan<byte> Output => _output.AsSpan(0, _length);

    private void Pass(ref BodyFilter filter, ReadOnlySpan<byte> piece)
    {
        using GuardedBlock block = new(piece);
        Span<byte> bytes = new(block.Start, piece.Length);
        Step = filter.Pass(bytes, out int taken, out int kept);
        if (Step == BodyStep.Invalid)
            return;
        if (kept > taken || taken > piece.Length)
            throw new BrokenPropertyException("no more is passed on than was taken");
        if (taken < piece.Length && Step == BodyStep.NeedMore)
            throw new BrokenPropertyException("all that has come is taken, up to the body's end");
        Keep(bytes[..kept]);
        TakenBytes += taken;
    }

    private void TakeTrailers(ref BodyFilter filter, ReadOnlySpan<byte> come)
    {
        using GuardedBlock block = new(come);
        Span<byte> bytes = new(block.Start, come.Length);
        int length = Trailers.Length(bytes, out int textBytes, out _);
        if (length < 0)
        {
            Step = BodyStep.Invalid;
            return;
        }

        if (length == 0)
            return;
        Keep(bytes[..length]);
        TakenBytes += length;
        filter.Ended(textBytes);
        Step = BodyStep.Done;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_output.AsSpan(_length));
        _length += bytes.Length;
    }
}

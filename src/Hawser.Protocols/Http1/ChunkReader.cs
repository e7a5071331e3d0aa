using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Http1;

/// <summary>
/// Takes a body out of its chunks (RFC 9112 section 7.1), in any split. As strict as HAProxy: every line ends with
/// CR LF, sizes are below 2^52, extensions hold no controls; they are checked and dropped.
/// </summary>
public struct ChunkReader
{
    /// <summary>A chunk's line may be as long; bounded so that a body cannot consist of nothing else.</summary>
    private const int LineBytesMaximum = 16384;

    private const ulong SizeLimit = 1UL << 52;

    private enum State : byte
    {
        FirstDigit,
        Digits,
        BlanksBeforeExtension,
        Extension,
        SizeLineFeed,
        Data,
        DataCarriageReturn,
        DataLineFeed,
        Trailers,
    }

    private State _state;
    private int _lineBytes;

    /// <summary>Bytes of the present chunk that are still to come.</summary>
    public ulong ChunkLeft { get; private set; }

    /// <summary>Sizes of all chunks so far, together.</summary>
    public ulong Announced { get; private set; }

    /// <summary>The present chunk's size is known; more of its data is to come.</summary>
    public readonly bool IsInData => _state == State.Data;

    public Http1Error Error { get; private set; }

    /// <summary>Goes on until there is a piece of data or the input is used up.</summary>
    /// <param name="input">What has come since the last call's <paramref name="taken"/>.</param>
    /// <param name="taken">Bytes of the input that are dealt with, the data included.</param>
    /// <param name="data">With <see cref="ChunkStep.Data"/>: a part of the input.</param>
    public ChunkStep Next(ReadOnlySpan<byte> input, out int taken, out ReadOnlySpan<byte> data)
    {
        data = default;
        taken = 0;
        while (taken < input.Length && _state != State.Trailers)
        {
            if (_state == State.Data)
            {
                int length = (int)Math.Min(ChunkLeft, (ulong)(input.Length - taken));
                data = input.Slice(taken, length);
                taken += length;
                ChunkLeft -= (ulong)length;
                if (ChunkLeft == 0) _state = State.DataCarriageReturn;
                return ChunkStep.Data;
            }

            Error = Take(input[taken]);
            if (Error != Http1Error.None) return ChunkStep.Invalid;
            taken++;
        }

        return _state == State.Trailers ? ChunkStep.Trailers : ChunkStep.NeedMore;
    }

    /// <summary>
    /// Goes on through all of the input, up to the trailers, and leaves at its beginning what is to be passed on: the
    /// chunks without their extensions.
    /// </summary>
    /// <param name="bytes">What has come since the last call; changed in place.</param>
    /// <param name="taken">Bytes of the input that are dealt with: all of them, but for those behind the last chunk.</param>
    /// <param name="kept">Bytes to pass on; never more than were taken.</param>
    /// <param name="data">Bytes of data among these.</param>
    /// <returns>What the last byte led to; never <see cref="ChunkStep.Data"/>.</returns>
    public ChunkStep Filter(Span<byte> bytes, out int taken, out int kept, out int data)
    {
        data = 0;
        taken = 0;
        kept = 0;
        while (taken < bytes.Length && _state != State.Trailers)
        {
            if (_state == State.Data)
            {
                int length = (int)Math.Min(ChunkLeft, (ulong)(bytes.Length - taken));
                if (kept != taken) bytes.Slice(taken, length).CopyTo(bytes[kept..]);
                taken += length;
                kept += length;
                data += length;
                ChunkLeft -= (ulong)length;
                if (ChunkLeft == 0) _state = State.DataCarriageReturn;
                continue;
            }

            byte value = bytes[taken];
            Error = Take(value);
            if (Error != Http1Error.None) return ChunkStep.Invalid;
            taken++;
            if (_state is not (State.BlanksBeforeExtension or State.Extension)) bytes[kept++] = value;
        }

        return _state == State.Trailers ? ChunkStep.Trailers : ChunkStep.NeedMore;
    }

    private Http1Error Take(byte value)
    {
        switch (_state)
        {
            case State.FirstDigit:
                return TakeDigit(value) ? Http1Error.None : Http1Error.ChunkSize;
            case State.Digits when Ascii.IsHexDigit(value):
                return TakeDigit(value) ? Http1Error.None : Http1Error.ChunkSize;
            case State.Digits or State.BlanksBeforeExtension when Ascii.IsBlank(value):
                _state = State.BlanksBeforeExtension;
                return CountLine(Http1Error.ChunkSize);
            case State.Digits or State.BlanksBeforeExtension when value == ';':
                _state = State.Extension;
                return CountLine(Http1Error.ChunkExtension);
            case State.Digits or State.BlanksBeforeExtension or State.Extension when value == '\r':
                _state = State.SizeLineFeed;
                return Http1Error.None;
            case State.Digits or State.BlanksBeforeExtension:
                return Http1Error.ChunkSize;
            case State.Extension:
                return value is (< 0x20 or 0x7F) and not (byte)'\t'
                    ? Http1Error.ChunkExtension
                    : CountLine(Http1Error.ChunkExtension);
            case State.SizeLineFeed:
                _state = ChunkLeft == 0 ? State.Trailers : State.Data;
                Announced += ChunkLeft;
                return value == '\n' ? Http1Error.None : Http1Error.ChunkSize;
            case State.DataCarriageReturn:
                _state = State.DataLineFeed;
                return value == '\r' ? Http1Error.None : Http1Error.ChunkEnd;
            default:
                _state = State.FirstDigit;
                _lineBytes = 0;
                return value == '\n' ? Http1Error.None : Http1Error.ChunkEnd;
        }
    }

    private bool TakeDigit(byte value)
    {
        if (!Ascii.TryHexValue(value, out int digit)) return false;
        _state = State.Digits;
        ChunkLeft = (ChunkLeft << 4) | (uint)digit;
        return ChunkLeft < SizeLimit && CountLine(Http1Error.ChunkSize) == Http1Error.None;
    }

    private Http1Error CountLine(Http1Error error) => ++_lineBytes <= LineBytesMaximum ? Http1Error.None : error;
}

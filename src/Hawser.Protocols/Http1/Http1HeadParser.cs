using System;
using Hawser.Base.Bytes;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>
/// Reads the head of one HTTP/1 message (RFC 9112) line by line, as the bytes arrive: no byte is looked at twice but
/// for those of a line that is not complete. The answer for all bytes does not depend on how they were split.
/// Accepts and refuses what HAProxy does; test/Hawser.Tests/Protocols/Http1 holds what was recorded of it.
/// </summary>
public struct Http1HeadParser
{
    private readonly HttpMessage _message;
    private readonly Http1Leniency _leniency;
    private int _lineAt;
    private int _scannedAt;
    private bool _hasStartLine;
    private bool _isTrailer;

    /// <param name="message">Just begun.</param>
    public Http1HeadParser(HttpMessage message, Http1Leniency leniency)
    {
        _message = message;
        _leniency = leniency;
    }

    /// <summary>
    /// Reads the trailer fields that end a chunked body, as the fields of a message without a start line.
    /// </summary>
    /// <param name="message">Just begun; its block begins with what follows the last chunk.</param>
    public static Http1HeadParser ForTrailers(HttpMessage message, Http1Leniency leniency) =>
        new(message, leniency) { _hasStartLine = true, _isTrailer = true };

    /// <summary>Why the message was refused, and where in the block.</summary>
    public Http1Error Error { get; private set; }

    public int ErrorAt { get; private set; }

    /// <summary>A complete head stays as it was received until its reader calls <see cref="HttpMessage.LowerNames"/>.</summary>
    public bool LeavesNames { get; init; }

    /// <summary>The first line was there.</summary>
    public readonly bool HasStartLine => _hasStartLine;

    /// <param name="received">Bytes that the message's block holds by now; never fewer than before.</param>
    public unsafe Http1Result Parse(int received)
    {
        byte* block = _message.Block;
        _message.Used = received;
        while (true)
        {
            int lineFeed = new ReadOnlySpan<byte>(block + _scannedAt, received - _scannedAt).IndexOf((byte)'\n');
            if (lineFeed < 0)
            {
                if (!_hasStartLine && !IsPossibleStart(block, received)) return Http1Result.Invalid;
                _scannedAt = received;
                return Http1Result.NeedMore;
            }

            int next = _scannedAt + lineFeed + 1;
            int end = next - 1;
            if (end > _lineAt && block[end - 1] == '\r') end--;
            TextSpan line = new(_lineAt, end - _lineAt);
            bool hasCarriageReturn = next - end == 2;
            _lineAt = next;
            _scannedAt = next;

            if (!_hasStartLine)
            {
                if (line.IsEmpty) continue;
                if (!ReadStartLine(line, hasCarriageReturn)) return Http1Result.Invalid;
                if (_message.VersionText.IsEmpty) return Finish(next);
            }
            else if (line.IsEmpty)
            {
                return Finish(next);
            }
            else if (!ReadField(line, hasCarriageReturn))
            {
                return Http1Result.Invalid;
            }
        }
    }

    private Http1Result Finish(int headBytes)
    {
        _message.HeadBytes = headBytes;
        if (_isTrailer)
        {
            _message.LowerNames();
            return Http1Result.Complete;
        }

        Http1Error error = FieldRules.Apply(_message, _leniency, out int at);
        if (error != Http1Error.None) return Refuse(error, at);
        if (!LeavesNames) _message.LowerNames();
        return Http1Result.Complete;
    }

    /// <summary>A wrong first byte is answered at once: its sender (TLS, for example) may be waiting for us.</summary>
    private unsafe bool IsPossibleStart(byte* block, int received)
    {
        int at = _lineAt;
        if (at < received && block[at] == '\r') at++;
        if (at == received || (at == _lineAt && Ascii.IsToken(block[at]))) return true;
        Refuse(_message.IsRequest ? Http1Error.Method : Http1Error.Version, _lineAt);
        return false;
    }

    private bool ReadStartLine(TextSpan line, bool hasCarriageReturn)
    {
        _hasStartLine = true;
        Http1Error error = StartLine.Read(_message, line, _leniency, out int at);
        if (error != Http1Error.None)
        {
            Refuse(error, at);
            return false;
        }

        _message.StartLine = line;
        _message.IsStartLineCanonical &= hasCarriageReturn;
        return true;
    }

    private unsafe bool ReadField(TextSpan line, bool hasCarriageReturn)
    {
        bool continues = Ascii.IsBlank(_message.Block[line.At]) && (_message.FieldCount > 0 || _leniency == Http1Leniency.Strict);
        Http1Error error = continues
            ? FieldReader.Continue(_message, line, hasCarriageReturn, _leniency, out int at)
            : FieldReader.Read(_message, line, hasCarriageReturn, _leniency, out at);
        if (error == Http1Error.None) return true;
        Refuse(error, at);
        return false;
    }

    private Http1Result Refuse(Http1Error error, int at)
    {
        Error = error;
        ErrorAt = at;
        return Http1Result.Invalid;
    }
}

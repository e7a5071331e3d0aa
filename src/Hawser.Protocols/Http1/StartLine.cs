using System;
using Hawser.Base.Bytes;
using Hawser.Protocols.Http;

namespace Hawser.Protocols.Http1;

/// <summary>The first line of a message (RFC 9112 sections 3 and 4). Several blanks between its parts count as one.</summary>
internal static unsafe class StartLine
{
    private const int StatusMaximum = 65535;

    public static Http1Error Read(HttpMessage message, TextSpan line, Http1Leniency leniency, out int at) =>
        message.IsRequest
            ? ReadRequest(message, line, leniency, out at)
            : ReadResponse(message, line, leniency, out at);

    private static Http1Error ReadRequest(HttpMessage message, TextSpan line, Http1Leniency leniency, out int at)
    {
        byte* block = message.Block;
        at = line.At;
        while (at < line.End && Ascii.IsToken(block[at])) at++;
        message.MethodText = new TextSpan(line.At, at - line.At);
        if (at == line.At || at == line.End || !Ascii.IsBlank(block[at])) return Http1Error.Method;
        message.Method = HttpMethods.Find(message.MethodText.In(block));

        at = SkipBlanks(block, at, line.End);
        int targetAt = at;
        while (at < line.End && !Ascii.IsBlank(block[at]))
        {
            byte value = block[at];
            if (value is < 0x20 or 0x7F) return value == '\r' ? Http1Error.LineEnd : Http1Error.TargetByte;
            if (value is > 0x7F or (byte)'#')
            {
                if (leniency == Http1Leniency.Strict) return value == '#' ? Http1Error.Fragment : Http1Error.TargetByte;
                message.Tolerate(at);
            }

            at++;
        }

        message.Target = new TextSpan(targetAt, at - targetAt);
        if (message.Target.IsEmpty) return Http1Error.TargetForm;
        at = SkipBlanks(block, at, line.End);
        Http1Error error = at == line.End
            ? WithoutVersion(message, leniency)
            : ReadVersion(message, new TextSpan(at, line.End - at), leniency, ref at);
        if (error != Http1Error.None) return error;
        error = RequestTarget.CheckForm(message, leniency);
        if (error != Http1Error.None) at = targetAt;
        message.IsStartLineCanonical = error == Http1Error.None && !message.IsPathMissing && IsWrittenAsRead(message) &&
            IsOneSpace(block, message.MethodText, message.Target) && IsOneSpace(block, message.Target, message.VersionText);
        return error;
    }

    private static Http1Error ReadResponse(HttpMessage message, TextSpan line, Http1Leniency leniency, out int at)
    {
        byte* block = message.Block;
        at = line.At;
        // Whatever the rest allows: a first byte that begins no word is refused before the line is complete.
        if (!Ascii.IsToken(block[at])) return Http1Error.Version;
        while (at < line.End && !Ascii.IsBlank(block[at])) at++;
        if (at == line.End) return Http1Error.Version;
        int versionEnd = at;
        Http1Error error = ReadVersion(message, new TextSpan(line.At, at - line.At), leniency, ref at);
        if (error != Http1Error.None) return error;

        at = SkipBlanks(block, versionEnd, line.End);
        int statusAt = at;
        while (at < line.End && Ascii.IsDigit(block[at]))
        {
            message.Status = (message.Status * 10) + (block[at] - '0');
            if (at == statusAt + 3 && leniency == Http1Leniency.Unsafe) message.Tolerate(at);
            at++;
            if (leniency == Http1Leniency.Strict ? at - statusAt > 3 : message.Status > StatusMaximum)
                return Http1Error.StatusCode;
        }

        message.StatusText = new TextSpan(statusAt, at - statusAt);
        if (message.StatusText.IsEmpty || (at < line.End && !Ascii.IsBlank(block[at]))) return Http1Error.StatusCode;
        at = SkipBlanks(block, at, line.End);
        message.Reason = new TextSpan(at, line.End - at);
        int carriageReturn = message.Reason.In(block).IndexOf((byte)'\r');
        if (carriageReturn >= 0)
        {
            at += carriageReturn;
            return Http1Error.LineEnd;
        }

        message.IsStartLineCanonical = !message.Reason.IsEmpty && IsWrittenAsRead(message) &&
            IsOneSpace(block, message.VersionText, message.StatusText) &&
            IsOneSpace(block, message.StatusText, message.Reason);
        return Http1Error.None;
    }

    /// <summary>"GET /", HTTP/0.9: only where unsafe requests are accepted, and then without any header field.</summary>
    private static Http1Error WithoutVersion(HttpMessage message, Http1Leniency leniency) =>
        leniency == Http1Leniency.Unsafe && message.Method == HttpMethod.Get ? Http1Error.None : Http1Error.Version;

    private static Http1Error ReadVersion(HttpMessage message, TextSpan text, Http1Leniency leniency, ref int at)
    {
        ReadOnlySpan<byte> version = text.In(message.Block);
        message.VersionText = text;
        if (version.Length == 8 && version.StartsWith("HTTP/"u8) && Ascii.IsDigit(version[5]) && version[6] == '.' &&
            Ascii.IsDigit(version[7]))
        {
            bool isOld = version[5] == '0' || (version[5] == '1' && version[7] == '0');
            message.Version = isOld ? HttpVersion.Http10 : HttpVersion.Http11;
            return Http1Error.None;
        }

        at = text.At;
        if (leniency == Http1Leniency.Strict) return Http1Error.Version;
        foreach (byte value in version)
        {
            if (!IsVersionByte(value)) return Http1Error.Version;
            at++;
        }

        bool isLate = version.Length == 8 && (version[5] > '1' || (version[5] == '1' && version[7] > '0'));
        message.Version = isLate ? HttpVersion.Http11 : HttpVersion.Http10;
        return Http1Error.None;
    }

    private static bool IsVersionByte(byte value) =>
        value is (byte)'/' or (byte)'.' || Ascii.IsDigit(value) || (uint)(value - 'A') <= 'Z' - 'A';

    /// <summary>Later versions are written as 1.1, older and foreign ones as they came.</summary>
    private static bool IsWrittenAsRead(HttpMessage message) =>
        message.Version == HttpVersion.Http10 || message.VersionText.In(message.Block).SequenceEqual("HTTP/1.1"u8);

    private static bool IsOneSpace(byte* block, TextSpan left, TextSpan right) =>
        right.At == left.End + 1 && block[left.End] == ' ';

    private static int SkipBlanks(byte* block, int at, int end)
    {
        while (at < end && Ascii.IsBlank(block[at])) at++;
        return at;
    }
}

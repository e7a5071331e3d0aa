using System;
using Hawser.Base.Bytes;

namespace Hawser.Protocols.Http;

/// <summary>Numbers in fields, cookies and parameters, as HAProxy takes them.</summary>
public static class WrappedNumber
{
    /// <summary>
    /// A minus sign or none, then the digits there are; no digit is 0. Counts modulo 2 to the power of 32, so that
    /// 3000000000 is negative.
    /// </summary>
    public static int Parse(ReadOnlySpan<byte> text)
    {
        bool isNegative = text.StartsWith("-"u8);
        uint value = 0;
        for (int at = isNegative ? 1 : 0; at < text.Length && Ascii.IsDigit(text[at]); at++)
            value = unchecked((value * 10) + (uint)(text[at] - '0'));
        return unchecked(isNegative ? -(int)value : (int)value);
    }
}

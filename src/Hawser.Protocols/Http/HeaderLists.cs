using System;

namespace Hawser.Protocols.Http;

/// <summary>Header fields whose value is a list: values between commas, which do not count inside of quotes (RFC 9110 section 5.6).</summary>
public static class HeaderLists
{
    /// <summary>How long the first value is: up to its comma, or all of it.</summary>
    public static int ValueLength(ReadOnlySpan<byte> list)
    {
        bool isQuoted = false;
        for (int at = 0; at < list.Length; at++)
        {
            switch (list[at])
            {
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                case (byte)'\\' when isQuoted:
                    at++;
                    break;
                case (byte)',' when !isQuoted:
                    return at;
            }
        }

        return list.Length;
    }
}

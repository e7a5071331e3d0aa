using System;
using System.Text;
using Hawser.Base.Random;

namespace Hawser.Simulation.Actors.Http;

/// <summary>
/// What is no request, or not quite one: published ways of smuggling, damaged heads, noise. Whatever the proxy makes of
/// it, it may harm nobody but its sender.
/// </summary>
internal static class WildRequests
{
    private static readonly string[] s_smuggles =
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "Content-Length: 5, 5\r\n\r\nhello",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length : 5\r\n\r\nhello",
        "Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5;a=\x01\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\0\r\n\r\n",
        " folded: yes\r\n\r\n",
        "X: a\r\n b\r\n\r\n",
        "X: a\rb\r\n\r\n",
        "X\0: a\r\n\r\n",
        "Host: other.example\r\n\r\n",
        "\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n",
    ];

    public static byte[] Make(Prng random, Inquiry inquiry)
    {
        byte[] head = RequestText.Head(inquiry);
        switch (random.NextBelow(5))
        {
            case 0:
                byte[] noise = new byte[1 + random.NextBelow(300)];
                foreach (ref byte value in noise.AsSpan())
                    value = (byte)random.NextUInt32();
                return noise;
            case 1:
                // Its number stays as it is: nobody else may be accused.
                int named = Encoding.Latin1.GetString(head).IndexOf("X-Id", StringComparison.Ordinal);
                for (uint i = 1 + random.NextBelow(3); i > 0; i--)
                    head[random.NextBelow((uint)named)] = (byte)random.NextUInt32();
                return head;
            case 2:
                return head[..(int)(1 + random.NextBelow((uint)head.Length - 1))];
            case 3:
                return [.. Encoding.Latin1.GetBytes($"GET /{new string('a', 1 + (int)random.NextBelow(40_000))} HTTP/1.1\r\n"), .. head];
            default:
                string text = s_smuggles[random.NextBelow((uint)s_smuggles.Length)];
                return [.. head.AsSpan(0, head.Length - 2), .. Encoding.Latin1.GetBytes(text)];
        }
    }
}

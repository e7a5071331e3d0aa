using System;
using Hawser.Fuzz.Memory;
using Hawser.Protocols.ProxyProtocol;

namespace Hawser.Fuzz.Targets;

/// <summary>The header of the PROXY protocol, both versions, with its extensions.</summary>
internal sealed unsafe class ProxyHeaderTarget : FuzzTarget
{
    private const int MaximumHeaderBytes = 16384;

    private static readonly string[] s_words =
    [
        "PROXY ", "TCP4 ", "TCP6 ", "UNKNOWN", "127.0.0.1 ", "255.255.255.255 ", "::1 ", "65535 ", "0 ", "\r\n", "\r\n\r\n\0\r\nQUIT\n", "\u0021", "\u0011", "\u0020",
        "\u0004\0\u0002h2", "\u0002\0\u0005a.com", "\0\u000c", "\0$", "\u0003\0\u0004\0\0\0\0",
    ];

    public override string Name => "proxy-header";

    public override ReadOnlySpan<string> Words => s_words;

    public override ulong Run(ReadOnlySpan<byte> input)
    {
        using GuardedBlock block = new(input);
        ReadOnlySpan<byte> bytes = new(block.Start, input.Length);
        ProxyHeaderResult result = ProxyHeaderParser.Parse(bytes, MaximumHeaderBytes, out ProxyHeader header);
        ulong outcome = (ulong)result;
        int length = result == ProxyHeaderResult.Ok ? header.LengthBytes : input.Length;
        if (result == ProxyHeaderResult.Ok)
        {
            Expect(length > 0 && length <= input.Length, "a header lies in what was received");
            outcome = Mix(outcome, (ulong)header.Version + ((ulong)header.Command << 4) + ((ulong)header.Source.Family << 8));
            ProxyTlvReader reader = new(header.Tlvs);
            int count = 0;
            while (reader.TryRead(out _, out ReadOnlySpan<byte> value))
            {
                Expect(value.Length <= header.Tlvs.Length, "an extension lies in the header");
                count++;
            }

            Expect(count * ProxyTlvReader.OverheadBytes <= header.Tlvs.Length, "an extension takes room");
            outcome = Mix(outcome, (ulong)count);
        }

        // What a part says, the whole says as well, unless the part asked for more.
        for (int part = 0; part < length; part++)
        {
            ProxyHeaderResult early = ProxyHeaderParser.Parse(bytes[..part], MaximumHeaderBytes, out _);
            Expect(early == ProxyHeaderResult.NeedMore || early == result, "the answer does not depend on the split");
        }

        return outcome;
    }
}

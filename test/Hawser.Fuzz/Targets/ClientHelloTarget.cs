using System;
using Hawser.Fuzz.Memory;
using Hawser.Protocols.Tls;

namespace Hawser.Fuzz.Targets;

/// <summary>The first message of a TLS client, from which sessions are routed without decrypting.</summary>
internal sealed unsafe class ClientHelloTarget : FuzzTarget
{
    private static readonly TlsExtension[] s_extensions = Enum.GetValues<TlsExtension>();

    private static readonly string[] s_words =
    [
        "\u0016\u0003\u0001", "\u0001\0\0", "\u0003\u0003", "\u0003\u0004", "\0\0\0\u0010\0\u000e\0\0\u000btwo.example", "\0\u0010\0\u0005\0\u0003\u0002h2", "\0\u002b\0\u0003\u0002\u0003\u0004",
        "\0\0", "\u00ff\u00ff", "\0\u0023\0\0", "\u0015\u0003\u0003\0\u0002\u0002\u0028", "\u0080\u002e\u0001\u0003\u0001\0\u0015\0\0\0\u0010",
    ];

    public override string Name => "client-hello";

    public override ReadOnlySpan<string> Words => s_words;

    public override ulong Run(ReadOnlySpan<byte> input)
    {
        using GuardedBlock block = new(input);
        ReadOnlySpan<byte> bytes = new(block.Start, input.Length);
        HelloResult result = ClientHello.TryParse(bytes, out ClientHello hello);
        HelloResult older = ClientHello.TryOldVersion(bytes, out int version);
        Expect(older != HelloResult.Ok || result != HelloResult.Ok, "a hello has one form");
        ulong outcome = Mix(Mix((ulong)result, (ulong)ClientHello.IsServerHello(bytes)), (ulong)older + ((ulong)(uint)version << 8));
        if (result == HelloResult.Ok)
        {
            foreach (TlsExtension extension in s_extensions)
            {
                bool isThere = hello.TryFind(extension, out ReadOnlySpan<byte> content);
                Expect(!isThere || content.Length <= input.Length, "an extension lies in what was received");
                outcome = Mix(outcome, isThere ? 1UL : 0);
            }

            outcome = Mix(outcome, (hello.TryServerName(out _) ? 1UL : 0) + (hello.TryFirstProtocol(out _) ? 2UL : 0));
            Expect(hello.CipherSuites.Length + hello.SessionId.Length < input.Length, "what it offers lies in what was received");
        }

        for (int part = 0; part < input.Length; part++)
        {
            HelloResult early = ClientHello.TryParse(bytes[..part], out _);
            Expect(early == HelloResult.NeedMore || early == result, "the answer does not depend on the split");
            early = ClientHello.TryOldVersion(bytes[..part], out _);
            Expect(early == HelloResult.NeedMore || early == older, "nor does the older form's");
        }

        return outcome;
    }
}

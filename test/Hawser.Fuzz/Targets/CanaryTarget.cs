using System;

namespace Hawser.Fuzz.Targets;

/// <summary>A reader with a planted fault that only a fuzzer with feedback finds: it proves that the fuzzer works.</summary>
internal sealed class CanaryTarget : FuzzTarget
{
    private const string Secret = "HAW!";

    private static readonly string[] s_words = ["HAWK"];

    public override string Name => "canary";

    public override ReadOnlySpan<string> Words => s_words;

    public override ulong Run(ReadOnlySpan<byte> input)
    {
        int matched = 0;
        while (matched < Secret.Length && matched < input.Length && input[matched] == Secret[matched])
            matched++;
        Expect(matched < Secret.Length, "the planted fault");
        return (ulong)matched;
    }
}

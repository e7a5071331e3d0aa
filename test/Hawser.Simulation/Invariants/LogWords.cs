using System;
using System.Buffers.Text;

namespace Hawser.Simulation.Invariants;

/// <summary>The words of a log line, one after the other.</summary>
internal ref struct LogWords(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    public ReadOnlySpan<byte> Next()
    {
        int end = _rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return word.TrimEnd((byte)'\n');
    }

    public long Number() => NumberOf(Next());

    public static long NumberOf(ReadOnlySpan<byte> word) =>
        Utf8Parser.TryParse(word, out long value, out _) ? value : 0;

    public uint Address()
    {
        ReadOnlySpan<byte> word = Next();
        uint value = 0;
        for (int i = 0; i < 4; i++)
        {
            Utf8Parser.TryParse(word, out byte part, out int used);
            value = (value << 8) | part;
            word = word[Math.Min(used + 1, word.Length)..];
        }

        return value;
    }
}

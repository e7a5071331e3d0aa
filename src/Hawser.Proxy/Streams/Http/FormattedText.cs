using System;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// The text that a format gives, in the loop's scratch, for as long as it is in use: no other expression may be evaluated
/// meanwhile. What does not fit into a block is cut off.
/// </summary>
public ref struct FormattedText
{
    private Scratch? _scratch;

    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Another block, for what is made of the text.</summary>
    public readonly Span<byte> Room => _scratch!.Take(Text);

    /// <returns>False when expressions are nested too deep; nothing has to be disposed of then.</returns>
    public static bool TryMake(LogFormat format, SessionLogSource source, out FormattedText result)
    {
        result = default;
        Scratch scratch = source.Scratch;
        if (!scratch.TryEnter()) return false;
        Span<byte> text = scratch.Take(default);
        if (!scratch.TryEnter())
        {
            scratch.Leave();
            return false;
        }

        int length = format.Write(source, text);
        scratch.Leave();
        result._scratch = scratch;
        result.Text = text[..length];
        return true;
    }

    /// <summary>The scratch is free again.</summary>
    public void Dispose()
    {
        _scratch?.Leave();
        _scratch = null;
    }
}

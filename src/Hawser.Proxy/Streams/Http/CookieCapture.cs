using System;
using System.Text;
using Hawser.Config.Model;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Streams.Http;

/// <summary>"capture cookie": the first cookie whose name, or name and equal sign, begins like that. Immutable.</summary>
public sealed class CookieCapture(CookieCaptureConfig config)
{
    private const int TextBytesMaximum = 1024;

    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(config.Prefix);
    private readonly int[] _slots = [Math.Min(config.MaxBytes, TextBytesMaximum), Math.Min(config.MaxBytes, TextBytesMaximum)];

    /// <returns>Whether it is the one.</returns>
    internal bool TryTake(CaptureStore captures, int slot, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[TextBytesMaximum];
        int length = Append(text, 0, name);
        length = Append(text, length, "="u8);
        length = Append(text, length, value);
        if (!text[..length].StartsWith(_prefix)) return false;
        if (captures.Count == 0) captures.Begin(_slots);
        captures.Set(slot, text[..length]);
        return true;
    }

    private static int Append(Span<byte> text, int at, ReadOnlySpan<byte> part)
    {
        int length = Math.Min(part.Length, text.Length - at);
        part[..length].CopyTo(text[at..]);
        return at + length;
    }
}

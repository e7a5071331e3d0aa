using System;
using System.Buffers;
using System.Buffers.Text;
using Hawser.Config.Syntax;

namespace Hawser.Control.Stats;

/// <summary>Text into whatever the printers write to: the CLI's output, a page's body, a test's buffer.</summary>
public static class StatText
{
    public static void Write(this IBufferWriter<byte> output, string text)
    {
        if (text.Length == 0)
            return;
        if (System.Text.Ascii.FromUtf16(text, output.GetSpan(text.Length), out int written) == OperationStatus.Done)
        {
            output.Advance(written);
            return;
        }

        output.Write(ConfigText.Encode(text).AsSpan());
    }

    public static void Write(this IBufferWriter<byte> output, char character)
    {
        output.GetSpan(1)[0] = (byte)character;
        output.Advance(1);
    }

    public static void Write(this IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(20), out int written);
        output.Advance(written);
    }

    public static void Write(this IBufferWriter<byte> output, in StatValue value)
    {
        if (value.Text is { } text)
            output.Write(text);
        else
            output.Write(value.Number);
    }
}

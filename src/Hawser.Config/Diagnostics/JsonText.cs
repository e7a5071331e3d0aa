using System;
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hawser.Config.Diagnostics;

/// <summary>Shared settings of the two JSON writers.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions s_options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document that <paramref name="write"/> writes, with a final line feed.</summary>
    public static string Create<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, s_options)) write(json, state);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>JSON is Unicode: bytes of a file that are no UTF-8 become U+FFFD.</summary>
    public static string Printable(string text)
    {
        bool isClean = true;
        foreach (Rune rune in text.EnumerateRunes()) isClean &= rune != Rune.ReplacementChar;
        if (isClean) return text;
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) clean.Append(rune);
        return clean.ToString();
    }
}

using System;
using System.Buffers;
using System.Text;

namespace Hawser.Config.Diagnostics;

/// <summary>
/// A place within its source line, in UTF-16 code units: what editors count, where <see cref="Origin"/> counts bytes.
/// </summary>
/// <param name="Start">0-based.</param>
/// <param name="Length">At least 1.</param>
public readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>The whole line when the finding is about it, or when its text is not known.</summary>
    public static SourceSpan Of(Diagnostic diagnostic)
    {
        Origin at = diagnostic.Origin;
        string line = diagnostic.SourceLine ?? "";
        if (at.Column <= 0) return new SourceSpan(0, Math.Max(1, line.Length));
        int start = UnitsOf(line, at.Column - 1);
        int end = UnitsOf(line, at.Column - 1 + at.Length);
        return new SourceSpan(start, Math.Max(1, end - start));
    }

    /// <summary>Code units that a number of bytes of the source became.</summary>
    private static int UnitsOf(string line, int bytes)
    {
        ReadOnlySpan<char> rest = line;
        int units = 0;
        while (bytes > 0 && !rest.IsEmpty)
        {
            // A lone surrogate stands for one byte that was no UTF-8.
            bool isText = Rune.DecodeFromUtf16(rest, out Rune rune, out int consumed) == OperationStatus.Done;
            bytes -= isText ? rune.Utf8SequenceLength : 1;
            units += consumed;
            rest = rest[consumed..];
        }
        return units + Math.Max(0, bytes);
    }
}

using System;
using System.Text;
using System.Threading;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// One compiled regular expression, with PCRE2's machine code where the processor allows it. Immutable; any loop may
/// match with it at any time. Lives as long as the configuration that names it.
/// </summary>
public sealed unsafe class Regex
{
    /// <summary>The whole match and nine captured parts: what replacements can name.</summary>
    public const int MaximumParts = 10;

    private readonly Pcre2 _functions;
    private readonly void* _code;
    private readonly bool _isMachineCode;

    /// <summary>A match data block that nobody uses; a second loop at the same moment makes its own.</summary>
    private nint _spareMatchData;

    private Regex(Pcre2 functions, void* code, bool isMachineCode)
    {
        _functions = functions;
        _code = code;
        _isMachineCode = isMachineCode;
    }

    ~Regex()
    {
        if (_spareMatchData != 0) _functions.FreeMatchData((void*)_spareMatchData);
        _functions.FreeCode(_code);
    }

    internal static Regex? Compile(Pcre2 functions, ReadOnlySpan<byte> pattern, bool ignoresCase, out string? problem)
    {
        problem = null;
        int error;
        nuint offset;
        void* code;
        fixed (byte* text = pattern)
        {
            byte none = 0;
            code = functions.Compile(
                text == null ? &none : text, (nuint)pattern.Length, ignoresCase ? Pcre2.Caseless : 0, &error, &offset, null);
        }

        if (code == null)
        {
            byte* message = stackalloc byte[256];
            int length = Math.Max(0, functions.ErrorMessage(error, message, 256));
            problem = $"regex '{Encoding.UTF8.GetString(pattern)}' is invalid "
                + $"(error={Encoding.UTF8.GetString(message, length)}, erroffset={offset})";
            return null;
        }

        // A failure only means that the interpreter does the work.
        bool isMachineCode = functions.JitCompile(code, Pcre2.JitComplete) == 0;
        return new Regex(functions, code, isMachineCode);
    }

    public bool IsMatch(ReadOnlySpan<byte> subject) => Match(subject, 0, default) > 0;

    /// <summary>The same with a match data block of the caller's, whichever it is: for many expressions after one another.</summary>
    internal bool IsMatch(ReadOnlySpan<byte> subject, nint matchData)
    {
        // A result of 0 is a match with more parts than the block has room for.
        fixed (byte* text = subject)
        {
            byte none = 0;
            byte* start = text == null ? &none : text;
            return _isMachineCode
                ? _functions.JitMatch(_code, start, (nuint)subject.Length, 0, 0, (void*)matchData, null) >= 0
                : _functions.Match(_code, start, (nuint)subject.Length, 0, 0, (void*)matchData, null) >= 0;
        }
    }

    /// <summary>Looks for the first match from a place on.</summary>
    /// <param name="start">0 to the subject's length; what lies before is seen by look-behinds and anchors.</param>
    /// <param name="parts">
    /// Gets start and end of the match and of the captured parts, two numbers each, -1 for a part that took no part;
    /// as many as fit.
    /// </param>
    /// <returns>Parts found, the match itself included; 0 for no match, also when PCRE2's own limits end the search.</returns>
    public int Match(ReadOnlySpan<byte> subject, int start, Span<int> parts)
    {
        nint data = Interlocked.Exchange(ref _spareMatchData, 0);
        if (data == 0) data = (nint)_functions.CreateMatchData(_code, null);
        if (data == 0) return 0;
        parts.Fill(-1);
        int count;
        fixed (byte* text = subject)
        {
            byte none = 0;
            count = _functions.Match(
                _code, text == null ? &none : text, (nuint)subject.Length, (nuint)start, 0, (void*)data, null);
        }

        if (count > 0)
        {
            nuint* offsets = _functions.Offsets((void*)data);
            for (int index = 0; index < parts.Length; index++)
                parts[index] = index < 2 * count && offsets[index] != nuint.MaxValue ? (int)offsets[index] : -1;
        }

        nint other = Interlocked.Exchange(ref _spareMatchData, data);
        if (other != 0) _functions.FreeMatchData((void*)other);
        return Math.Max(0, count);
    }
}

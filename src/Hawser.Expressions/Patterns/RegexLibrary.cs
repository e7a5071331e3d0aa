using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// The system's PCRE2, loaded when the first regular expression is compiled (ADR 0007). One instance per process is
/// enough; it stays loaded.
/// </summary>
public sealed unsafe class RegexLibrary
{
    private const string FileName = "libpcre2-8.so.0";

    private readonly Lock _gate = new();
    private bool _isTried;
    private Pcre2? _functions;

    /// <summary>A match data block that nobody uses; a second loop at the same moment makes its own.</summary>
    private nint _spareMatchData;

    ~RegexLibrary() => Free(_spareMatchData);

    /// <summary>Null when the library is not installed.</summary>
    internal Pcre2? Functions
    {
        get
        {
            lock (_gate)
            {
                if (!_isTried && NativeLibrary.TryLoad(FileName, out nint library)) _functions = new Pcre2(library);
                _isTried = true;
                return _functions;
            }
        }
    }

    /// <summary>Whether regular expressions can be compiled here.</summary>
    public bool IsAvailable => Functions is not null;

    /// <summary>A block for <see cref="Regex.IsMatch(ReadOnlySpan{byte}, nint)"/>, once something was compiled; 0: no memory.</summary>
    internal nint RentMatchData()
    {
        nint spare = Interlocked.Exchange(ref _spareMatchData, 0);
        return spare != 0 ? spare : (nint)_functions!.CreateMatchDataOfPairs(1, null);
    }

    internal void ReturnMatchData(nint block) => Free(Interlocked.Exchange(ref _spareMatchData, block));

    private void Free(nint block)
    {
        if (block != 0) _functions!.FreeMatchData((void*)block);
    }

    /// <param name="problem">Why it does not compile: HAProxy's sentence, or that the library is missing.</param>
    public Regex? Compile(ReadOnlySpan<byte> pattern, bool ignoresCase, out string? problem)
    {
        problem = null;
        if (Functions is { } functions) return Regex.Compile(functions, pattern, ignoresCase, out problem);
        problem = $"regular expressions need the library {FileName} (package libpcre2-8-0), which cannot be loaded";
        return null;
    }
}

using System.Runtime.InteropServices;

namespace Hawser.Expressions.Patterns;

/// <summary>The functions of libpcre2-8 that are used, by their names in pcre2api(3).</summary>
internal sealed unsafe class Pcre2(nint library)
{
    /// <summary>PCRE2_CASELESS.</summary>
    public const uint Caseless = 0x00000008;

    /// <summary>PCRE2_JIT_COMPLETE.</summary>
    public const uint JitComplete = 1;

    public readonly delegate* unmanaged<byte*, nuint, uint, int*, nuint*, void*, void*> Compile =
        (delegate* unmanaged<byte*, nuint, uint, int*, nuint*, void*, void*>)NativeLibrary.GetExport(library, "pcre2_compile_8");

    public readonly delegate* unmanaged<void*, uint, int> JitCompile =
        (delegate* unmanaged<void*, uint, int>)NativeLibrary.GetExport(library, "pcre2_jit_compile_8");

    public readonly delegate* unmanaged<void*, void*, void*> CreateMatchData =
        (delegate* unmanaged<void*, void*, void*>)NativeLibrary.GetExport(library, "pcre2_match_data_create_from_pattern_8");

    public readonly delegate* unmanaged<uint, void*, void*> CreateMatchDataOfPairs =
        (delegate* unmanaged<uint, void*, void*>)NativeLibrary.GetExport(library, "pcre2_match_data_create_8");

    public readonly delegate* unmanaged<void*, void> FreeMatchData =
        (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(library, "pcre2_match_data_free_8");

    public readonly delegate* unmanaged<void*, byte*, nuint, nuint, uint, void*, void*, int> Match =
        (delegate* unmanaged<void*, byte*, nuint, nuint, uint, void*, void*, int>)NativeLibrary.GetExport(library, "pcre2_match_8");

    /// <summary>As <see cref="Match"/>, without its checks, for what <see cref="JitCompile"/> has made code of.</summary>
    public readonly delegate* unmanaged<void*, byte*, nuint, nuint, uint, void*, void*, int> JitMatch =
        (delegate* unmanaged<void*, byte*, nuint, nuint, uint, void*, void*, int>)NativeLibrary.GetExport(library, "pcre2_jit_match_8");

    public readonly delegate* unmanaged<void*, nuint*> Offsets =
        (delegate* unmanaged<void*, nuint*>)NativeLibrary.GetExport(library, "pcre2_get_ovector_pointer_8");

    public readonly delegate* unmanaged<int, byte*, nuint, int> ErrorMessage =
        (delegate* unmanaged<int, byte*, nuint, int>)NativeLibrary.GetExport(library, "pcre2_get_error_message_8");

    public readonly delegate* unmanaged<void*, void> FreeCode =
        (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(library, "pcre2_code_free_8");
}

using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Hawser.Expressions.Converters;

/// <summary>A message digest of the system's OpenSSL (EVP_DigestInit(3), HMAC(3)).</summary>
internal sealed unsafe class LibcryptoDigest
{
    public const string FileName = "libcrypto.so.3";

    private static readonly Functions? s_functions = Load();

    private readonly Functions _functions;
    private readonly void* _digest;

    private LibcryptoDigest(Functions functions, void* digest)
    {
        _functions = functions;
        _digest = digest;
    }

    public static bool IsAvailable => s_functions is not null;

    /// <summary>Null for a name that the library does not know, or without the library.</summary>
    public static LibcryptoDigest? Find(string name)
    {
        if (s_functions is null || name.Length == 0) return null;
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            void* digest = s_functions.DigestByName(text);
            return digest == null ? null : new LibcryptoDigest(s_functions, digest);
        }
    }

    /// <param name="destination">At least <see cref="MessageDigest.LongestBytes"/>.</param>
    /// <returns>The bytes written; 0 when the library refuses it, as it does with those of its legacy provider.</returns>
    public int Compute(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        uint length;
        fixed (byte* from = bytes)
        fixed (byte* to = destination)
            return _functions.Digest(from, (nuint)bytes.Length, to, &length, _digest, null) == 1 ? (int)length : 0;
    }

    /// <inheritdoc cref="Compute"/>
    public int ComputeKeyed(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        uint length;
        byte empty = 0;
        fixed (byte* from = bytes)
        fixed (byte* to = destination)
        fixed (byte* keyed = key)
        {
            void* result = _functions.Hmac(_digest, keyed == null ? &empty : keyed, key.Length, from, (nuint)bytes.Length, to, &length);
            return result == null ? 0 : (int)length;
        }
    }

    private static Functions? Load() => NativeLibrary.TryLoad(FileName, out nint library) ? new Functions(library) : null;

    private sealed class Functions(nint library)
    {
        public readonly delegate* unmanaged<byte*, void*> DigestByName =
            (delegate* unmanaged<byte*, void*>)NativeLibrary.GetExport(library, "EVP_get_digestbyname");

        public readonly delegate* unmanaged<byte*, nuint, byte*, uint*, void*, void*, int> Digest =
            (delegate* unmanaged<byte*, nuint, byte*, uint*, void*, void*, int>)NativeLibrary.GetExport(library, "EVP_Digest");

        public readonly delegate* unmanaged<void*, byte*, int, byte*, nuint, byte*, uint*, void*> Hmac =
            (delegate* unmanaged<void*, byte*, int, byte*, nuint, byte*, uint*, void*>)NativeLibrary.GetExport(library, "HMAC");
    }
}

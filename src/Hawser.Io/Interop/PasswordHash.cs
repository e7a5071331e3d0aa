using System;
using System.Runtime.InteropServices;

namespace Hawser.Io.Interop;

/// <summary>
/// crypt(3): the system's hashes of passwords, of whatever method its library knows. Loaded when the first hashed password
/// is configured (ADR 0008); it stays loaded.
/// </summary>
public sealed unsafe class PasswordHash
{
    /// <summary>The current name, and that of systems that have dropped the old functions.</summary>
    private static readonly string[] s_fileNames = ["libcrypt.so.1", "libcrypt.so.2"];

    /// <summary>struct crypt_data: 32 KiB in libxcrypt, 128 KiB and a little more in older C libraries.</summary>
    private const int DataBytes = 192 * 1024;

    private readonly delegate* unmanaged<byte*, byte*, void*, byte*> _crypt;

    private PasswordHash(nint function) => _crypt = (delegate* unmanaged<byte*, byte*, void*, byte*>)function;

    /// <returns>Null when the library is not installed.</returns>
    public static PasswordHash? Load()
    {
        foreach (string name in s_fileNames)
        {
            if (NativeLibrary.TryLoad(name, out nint library) && NativeLibrary.TryGetExport(library, "crypt_r", out nint function))
                return new PasswordHash(function);
        }

        return null;
    }

    /// <summary>
    /// Whether a password has that hash. Takes the time that the hash's method is meant to take, on the calling thread:
    /// milliseconds for the usual ones. Callable from any thread.
    /// </summary>
    /// <param name="password">Ends with a NUL byte.</param>
    /// <param name="hash">Method, salt and hash as in shadow(5); ends with a NUL byte.</param>
    public bool Matches(ReadOnlySpan<byte> password, ReadOnlySpan<byte> hash)
    {
        void* data = NativeMemory.AllocZeroed(DataBytes);
        try
        {
            fixed (byte* text = password)
            fixed (byte* setting = hash)
            {
                byte* result = _crypt(text, setting, data);
                // A method that the library does not know gives null or "*0".
                if (result == null || *result == '*') return false;
                return MemoryMarshal.CreateReadOnlySpanFromNullTerminated(result).SequenceEqual(hash[..^1]);
            }
        }
        finally
        {
            NativeMemory.Clear(data, DataBytes);
            NativeMemory.Free(data);
        }
    }

    /// <summary>Whether the library knows the hash's method.</summary>
    public bool Knows(ReadOnlySpan<byte> hash)
    {
        void* data = NativeMemory.AllocZeroed(DataBytes);
        byte empty = 0;
        fixed (byte* setting = hash)
        {
            byte* result = _crypt(&empty, setting, data);
            bool isKnown = result != null && *result != '*';
            NativeMemory.Free(data);
            return isKnown;
        }
    }
}

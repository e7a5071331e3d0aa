using System;
using System.Runtime.InteropServices;

namespace Hawser.Fuzz.Memory;

/// <summary>
/// A copy of some bytes that ends right before a page which may not be touched: a read or write behind them ends the
/// process instead of going unnoticed. What lies before them, up to the page's beginning, is not watched.
/// </summary>
internal sealed unsafe partial class GuardedBlock : IDisposable
{
    private const int PageBytes = 4096;
    private const int PrivateAnonymous = 0x22;
    private const int ReadAndWrite = 3;
    private const int Nothing = 0;

    private readonly byte* _map;
    private readonly nuint _mapBytes;

    public GuardedBlock(ReadOnlySpan<byte> bytes)
    {
        int pages = (bytes.Length + PageBytes - 1) / PageBytes;
        _mapBytes = (nuint)(pages + 1) * PageBytes;
        _map = Map(null, _mapBytes, ReadAndWrite, PrivateAnonymous, -1, 0);
        byte* guard = _map + (nuint)pages * PageBytes;
        if (_map == (byte*)-1 || Protect(guard, PageBytes, Nothing) != 0)
            throw new InvalidOperationException("no memory for a guarded block");
        Start = guard - bytes.Length;
        bytes.CopyTo(new Span<byte>(Start, bytes.Length));
    }

    public byte* Start { get; }

    public void Dispose() => _ = Unmap(_map, _mapBytes);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}

using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Hawser.Io.Kernels;

/// <summary>An address as the kernel takes it: struct sockaddr_storage's bytes and their length.</summary>
public struct SocketAddress
{
    /// <summary>sizeof(struct sockaddr_storage); struct sockaddr_un (110) fits.</summary>
    public const int Capacity = 128;

    private Storage _bytes;

    public int Length { get; set; }

    [InlineArray(Capacity)]
    private struct Storage
    {
        private byte _first;
    }

    /// <summary>All of the storage; the address is its first <see cref="Length"/> bytes.</summary>
    [UnscopedRef]
    public Span<byte> Bytes => _bytes;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Used => ((ReadOnlySpan<byte>)_bytes)[..Length];

    /// <summary>AF_INET, AF_INET6, AF_UNIX …; 0 when empty.</summary>
    public readonly int Family => Length < 2 ? 0 : _bytes[0] | (_bytes[1] << 8);
}

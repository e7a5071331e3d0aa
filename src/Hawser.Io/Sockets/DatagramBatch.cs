using System;
using System.Runtime.InteropServices;
using Hawser.Io.Kernels;

namespace Hawser.Io.Sockets;

/// <summary>
/// Datagrams that wait for the end of a turn, to be given to the kernel together: a reader on the same machine is woken
/// once for all of them. One per loop, in memory of its own that never moves; made once, it neither grows nor allocates.
/// </summary>
public sealed unsafe class DatagramBatch : IDisposable
{
    /// <summary>A burst that the default receive buffer of a UDP socket (208 KiB) takes several times over.</summary>
    public const int Capacity = 32;

    private readonly int _bytesCapacity;
    private Datagram* _datagrams;
    private byte* _bytes;
    private int _bytesUsed;

    /// <param name="longestBytes">No datagram is longer.</param>
    public DatagramBatch(int longestBytes)
    {
        _bytesCapacity = Math.Max(Capacity * 1024, longestBytes);
        _datagrams = (Datagram*)NativeMemory.Alloc(Capacity, (nuint)sizeof(Datagram));
        _bytes = (byte*)NativeMemory.Alloc((nuint)_bytesCapacity);
    }

    public int Count { get; private set; }

    /// <summary>In the order they came; valid until <see cref="Clear"/>.</summary>
    public ReadOnlySpan<Datagram> Datagrams => new(_datagrams, Count);

    /// <returns>False when it is full.</returns>
    public bool TryAdd(int socket, ReadOnlySpan<byte> data, in SocketAddress destination)
    {
        if (Count == Capacity || data.Length > _bytesCapacity - _bytesUsed) return false;
        ref Datagram added = ref _datagrams[Count++];
        added.Bytes = _bytes + _bytesUsed;
        added.Length = data.Length;
        added.Socket = socket;
        added.Destination = destination;
        data.CopyTo(new Span<byte>(added.Bytes, data.Length));
        _bytesUsed += data.Length;
        return true;
    }

    public void Clear()
    {
        Count = 0;
        _bytesUsed = 0;
    }

    public void Dispose()
    {
        Clear();
        NativeMemory.Free(_datagrams);
        NativeMemory.Free(_bytes);
        _datagrams = null;
        _bytes = null;
    }
}

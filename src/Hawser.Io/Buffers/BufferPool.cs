using System;
using System.Runtime.InteropServices;

namespace Hawser.Io.Buffers;

/// <summary>
/// One loop's unmanaged blocks of one size ("tune.bufsize"). An idle connection holds none: the common case receives
/// into <see cref="Scratch"/> and sends at once; only what could not be sent is moved to a block of its own.
/// </summary>
public sealed unsafe class BufferPool : IDisposable
{
    /// <summary>Free blocks kept for the next user; more are given back to the system.</summary>
    private const int KeptBlocks = 1024;

    private readonly byte*[] _free = new byte*[KeptBlocks];
    private readonly int _blocksMaximum;
    private int _freeCount;

    /// <param name="blockBytes">Size of each block, a multiple of 64.</param>
    /// <param name="blocksMaximum">Blocks that may be leased at one time.</param>
    public BufferPool(int blockBytes, int blocksMaximum)
    {
        BlockBytes = blockBytes;
        _blocksMaximum = blocksMaximum;
        Scratch = (byte*)NativeMemory.AlignedAlloc((nuint)blockBytes, 64);
    }

    public int BlockBytes { get; }

    /// <summary>The loop's own block: valid until the next use of it in the same turn.</summary>
    public byte* Scratch { get; private set; }

    /// <summary>Blocks in use now.</summary>
    public int Leased { get; private set; }

    /// <summary>Times a block was refused because <c>blocksMaximum</c> were in use.</summary>
    public long Refused { get; private set; }

    /// <summary>Leases that would succeed.</summary>
    public int Room => _blocksMaximum - Leased;

    /// <summary>A lease would succeed.</summary>
    public bool HasRoom => Room > 0;

    /// <summary>A block, or null when the maximum is in use: the caller stops reading until it has sent.</summary>
    public byte* Lease()
    {
        if (Leased >= _blocksMaximum)
        {
            Refused++;
            return null;
        }

        Leased++;
        return _freeCount > 0 ? _free[--_freeCount] : (byte*)NativeMemory.AlignedAlloc((nuint)BlockBytes, 64);
    }

    public void Return(byte* block)
    {
        Leased--;
        if (_freeCount < KeptBlocks)
            _free[_freeCount++] = block;
        else
            NativeMemory.AlignedFree(block);
    }

    public void Dispose()
    {
        while (_freeCount > 0)
            NativeMemory.AlignedFree(_free[--_freeCount]);
        NativeMemory.AlignedFree(Scratch);
        Scratch = null;
    }
}

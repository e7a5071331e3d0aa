using System;
using System.Runtime.InteropServices;
using Hawser.Base.Collections;

namespace Hawser.Io.Buffers;

/// <summary>
/// One loop's unmanaged blocks of one size ("tune.bufsize"). An idle connection holds none: the common case receives
/// into <see cref="Scratch"/> and sends at once; only what could not be sent is moved to a block of its own. A bulk
/// transfer reads more at once, so what it keeps may need a large block: <see cref="LargeBlocks"/> blocks in one piece.
/// </summary>
public sealed unsafe class BufferPool : IDisposable
{
    /// <summary>Free blocks kept for the next user; more are given back to the system.</summary>
    private const int KeptBlocks = 1024;
    private const int KeptLargeBlocks = 16;

    /// <summary>Free blocks that stay however long nobody needs them: 0.4 MiB.</summary>
    private const int ResidentBlocks = 16;
    private const int ResidentLargeBlocks = 2;

    /// <summary>Large blocks in use at one time; without one, a bulk transfer reads as much as any other.</summary>
    private const int LargeBlocksMaximum = 64;

    /// <summary>Blocks that a large one counts for: four times fewer calls and wake-ups of the peer per byte.</summary>
    private const int LargeBlocks = 4;

    /// <summary>
    /// Each block is as much longer than its size says: for what is added to a full one by whoever writes it out again,
    /// past the room that rules have. Nobody reads into it.
    /// </summary>
    public const int MarginBytes = 256;

    private readonly byte*[] _free = new byte*[KeptBlocks];
    private readonly byte*[] _freeLarge = new byte*[KeptLargeBlocks];
    private readonly int _blocksMaximum;
    private readonly byte? _poison;
    private int _freeCount;
    private int _freeLargeCount;
    private int _largeLeased;
    private PoolTide _tide = new(ResidentBlocks);
    private PoolTide _largeTide = new(ResidentLargeBlocks);

    /// <param name="blockBytes">Size of each block, a multiple of 64.</param>
    /// <param name="blocksMaximum">Blocks that may be leased at one time.</param>
    /// <param name="poison">
    /// "-dM": every block is filled with it before it is handed out, so that nobody can depend on old content.
    /// </param>
    public BufferPool(int blockBytes, int blocksMaximum, byte? poison = null)
    {
        BlockBytes = blockBytes;
        _blocksMaximum = blocksMaximum;
        _poison = poison;
        Scratch = Poisoned(Allocate(LargeBytes), LargeBytes);
    }

    public int BlockBytes { get; }

    public int LargeBytes => BlockBytes * LargeBlocks;

    /// <summary>
    /// The loop's own block, <see cref="LargeBytes"/> long: valid until the next use of it in the same turn.
    /// </summary>
    public byte* Scratch { get; private set; }

    /// <summary>Blocks in use now.</summary>
    public int Leased { get; private set; }

    /// <summary>Free blocks that lie here, large ones counted as the blocks they are.</summary>
    public int Kept => _freeCount + (_freeLargeCount * LargeBlocks);

    /// <summary>Free blocks lie here that may be let go of.</summary>
    public bool IsHigh => _tide.IsHigh(_freeCount) || _largeTide.IsHigh(_freeLargeCount);

    /// <summary>Times a block was refused because <c>blocksMaximum</c> were in use.</summary>
    public long Refused { get; private set; }

    /// <summary>Leases that would succeed.</summary>
    public int Room => _blocksMaximum - Leased;

    /// <summary>A lease would succeed.</summary>
    public bool HasRoom => Room > 0;

    /// <summary>
    /// A lease would succeed. What is urgent may go beyond the maximum, up to twice of it: it lets others go, and who holds
    /// a block and waited for another one could wait for somebody who does the same.
    /// </summary>
    public bool HasRoomFor(bool isUrgent) => HasRoom || (isUrgent && Leased / 2 < _blocksMaximum);

    /// <summary>A lease of a large block would succeed.</summary>
    public bool HasLargeRoom => Leased + LargeBlocks <= _blocksMaximum && _largeLeased < LargeBlocksMaximum;

    /// <summary>A block, or null when the maximum is in use: the caller stops reading until it has sent.</summary>
    /// <param name="isUrgent">See <see cref="HasRoomFor"/>.</param>
    public byte* Lease(bool isUrgent = false)
    {
        if (!HasRoomFor(isUrgent))
        {
            Refused++;
            return null;
        }

        Leased++;
        byte* block = _freeCount > 0 ? _free[--_freeCount] : Allocate(BlockBytes);
        _tide.Taken(_freeCount);
        return Poisoned(block, BlockBytes);
    }

    /// <summary>A block of <see cref="LargeBytes"/>; the caller has seen <see cref="HasLargeRoom"/>.</summary>
    public byte* LeaseLarge()
    {
        Leased += LargeBlocks;
        _largeLeased++;
        byte* block = _freeLargeCount > 0 ? _freeLarge[--_freeLargeCount] : Allocate(LargeBytes);
        _largeTide.Taken(_freeLargeCount);
        return Poisoned(block, LargeBytes);
    }

    public void Return(byte* block)
    {
        Leased--;
        if (_freeCount < KeptBlocks)
            _free[_freeCount++] = block;
        else
            NativeMemory.AlignedFree(block);
    }

    public void ReturnLarge(byte* block)
    {
        Leased -= LargeBlocks;
        _largeLeased--;
        if (_freeLargeCount < KeptLargeBlocks)
            _freeLarge[_freeLargeCount++] = block;
        else
            NativeMemory.AlignedFree(block);
    }

    /// <summary>Begins another period for <see cref="DropSurplus"/>.</summary>
    public void EndPeriod()
    {
        _tide.EndPeriod(_freeCount);
        _largeTide.EndPeriod(_freeLargeCount);
    }

    /// <summary>Gives up to so many blocks that nobody has needed for a while back to the allocator.</summary>
    /// <returns>Those that were.</returns>
    public int DropSurplus(int most)
    {
        int dropped = 0;
        for (; dropped < most && _tide.TakeSurplus(_freeCount); dropped++)
            NativeMemory.AlignedFree(_free[--_freeCount]);
        for (; dropped + LargeBlocks <= most && _largeTide.TakeSurplus(_freeLargeCount); dropped += LargeBlocks)
            NativeMemory.AlignedFree(_freeLarge[--_freeLargeCount]);
        return dropped;
    }

    private byte* Poisoned(byte* block, int bytes)
    {
        if (_poison is { } value)
            NativeMemory.Fill(block, (nuint)bytes, value);
        return block;
    }

    public void Dispose()
    {
        while (_freeLargeCount > 0)
            NativeMemory.AlignedFree(_freeLarge[--_freeLargeCount]);
        while (_freeCount > 0)
            NativeMemory.AlignedFree(_free[--_freeCount]);
        NativeMemory.AlignedFree(Scratch);
        Scratch = null;
    }

    private static byte* Allocate(int bytes) => (byte*)NativeMemory.AlignedAlloc((nuint)(bytes + MarginBytes), 64);
}

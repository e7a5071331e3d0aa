using System;
using System.Threading;
using Hawser.Io.Interop;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Processes;

/// <summary>
/// The process's memory after a burst. Nothing is allocated in service, so no collection would ever come by itself; one
/// is made when what it brings is worth its pause, which grows with what the heap holds.
/// </summary>
public sealed class ProcessMemory : MemoryReturn
{
    /// <summary>Less is left to the next load.</summary>
    private const long LeastBytes = 256 << 10;

    /// <summary>A collection must bring this part of the heap.</summary>
    private const int LeastPart = 16;

    private long _managedBytes;
    private long _unmanagedBytes;

    public override void Dropped(long managedBytes, long unmanagedBytes)
    {
        if (managedBytes > 0)
            Interlocked.Add(ref _managedBytes, managedBytes);
        if (unmanagedBytes > 0)
            Interlocked.Add(ref _unmanagedBytes, unmanagedBytes);
    }

    public override bool TryGiveBack(bool isQuiet)
    {
        if (Interlocked.Read(ref _unmanagedBytes) >= LeastBytes && Interlocked.Exchange(ref _unmanagedBytes, 0) >= LeastBytes)
            _ = LibcProcess.malloc_trim(0);
        long managedBytes = Interlocked.Read(ref _managedBytes);
        if (managedBytes < LeastBytes || managedBytes < GC.GetTotalMemory(forceFullCollection: false) / LeastPart)
            return true;
        if (!isQuiet)
            return false;
        if (Interlocked.Exchange(ref _managedBytes, 0) >= LeastBytes)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return true;
    }
}

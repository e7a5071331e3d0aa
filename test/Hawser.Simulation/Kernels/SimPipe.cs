using System;
using Hawser.Io.Kernels;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Kernels;

/// <summary>A pipe that holds a piece of one flow; like sockets, it stores no bytes.</summary>
internal sealed class SimPipe(int capacity)
{
    public int Capacity => capacity;

    public Flow? Source { get; private set; }

    /// <summary>Place of its first byte in the source.</summary>
    public long Offset { get; private set; }

    public int Bytes { get; private set; }

    public int Room => capacity - Bytes;

    public bool IsReaderClosed;

    /// <summary>False when it still holds bytes of another flow.</summary>
    public bool TryFill(Flow source, long offset, int bytes)
    {
        if (Bytes > 0 && Source != source)
            return false;
        if (Bytes == 0)
        {
            Source = source;
            Offset = offset;
        }

        Bytes += bytes;
        return true;
    }

    public void Drain(int bytes)
    {
        Offset += bytes;
        Bytes = Math.Max(0, Bytes - bytes);
    }
}

/// <summary>One end of a pipe.</summary>
internal sealed class SimPipeEnd(SimKernel kernel, SimPipe pipe, bool isWriteEnd) : SimFile(kernel)
{
    public SimPipe Pipe => pipe;

    public bool IsWriteEnd => isWriteEnd;

    public override Readiness Mask() => Readiness.None;

    public override void OnClosed()
    {
        if (!isWriteEnd)
            pipe.IsReaderClosed = true;
    }
}

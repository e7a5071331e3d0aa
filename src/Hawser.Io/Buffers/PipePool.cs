using Hawser.Io.Kernels;

namespace Hawser.Io.Buffers;

/// <summary>A kernel pipe that carries one direction's bytes past user space.</summary>
public readonly record struct Pipe(int ReadEnd, int WriteEnd)
{
    public static readonly Pipe None = new(-1, -1);

    public bool IsOpen => ReadEnd >= 0;
}

/// <summary>
/// One loop's empty pipes, kept because making one costs three system calls. A pipe that still holds bytes is closed,
/// never reused.
/// </summary>
public sealed class PipePool
{
    private const int KeptPipes = 64;

    private readonly Kernel _kernel;
    private readonly Pipe[] _free = new Pipe[KeptPipes];
    private readonly int _pipesMaximum;
    private int _freeCount;
    private bool _wasUsed;

    /// <param name="kernel">Where pipes are made.</param>
    /// <param name="capacityBytes">"tune.pipesize".</param>
    /// <param name="pipesMaximum">This loop's share of "maxpipes".</param>
    public PipePool(Kernel kernel, int capacityBytes, int pipesMaximum)
    {
        _kernel = kernel;
        CapacityBytes = capacityBytes;
        _pipesMaximum = pipesMaximum;
    }

    public int CapacityBytes { get; }

    public int Leased { get; private set; }

    /// <summary>Times none could be had: the caller copies instead.</summary>
    public long Refused { get; private set; }

    public Pipe Lease()
    {
        _wasUsed = true;
        if (_freeCount > 0)
        {
            Leased++;
            return _free[--_freeCount];
        }

        if (Leased >= _pipesMaximum || _kernel.OpenPipe(out int readEnd, out int writeEnd, CapacityBytes) < 0)
        {
            Refused++;
            return Pipe.None;
        }

        Leased++;
        return new Pipe(readEnd, writeEnd);
    }

    /// <summary>Empty pipes kept now.</summary>
    public int Kept => _freeCount;

    /// <summary>Whether one was leased since the last look; looking forgets.</summary>
    public bool TakeWasUsed()
    {
        bool wasUsed = _wasUsed;
        _wasUsed = false;
        return wasUsed;
    }

    public void Return(Pipe pipe, bool isEmpty)
    {
        Leased--;
        if (isEmpty && _freeCount < KeptPipes)
        {
            _free[_freeCount++] = pipe;
            return;
        }

        Close(pipe);
    }

    public void CloseAll()
    {
        while (_freeCount > 0)
            Close(_free[--_freeCount]);
    }

    private void Close(Pipe pipe)
    {
        _kernel.Close(pipe.ReadEnd);
        _kernel.Close(pipe.WriteEnd);
    }
}

using Hawser.Base.Assertions;
using Hawser.Base.Time;
using Hawser.Io.Buffers;

namespace Hawser.Proxy.Connections;

/// <summary>
/// One direction of a session: what was received and not yet sent lies in a leased block or in a pipe, in that order,
/// and mostly in neither. <c>BytesIn = BytesOut + Pending</c> holds between any two calls: the conservation that the
/// loss ledger rests on.
/// </summary>
public sealed unsafe class Channel
{
    private byte* _block;
    private bool _isLarge;
    private int _start;
    private int _length;

    /// <summary>Bytes received from the source.</summary>
    public long BytesIn;

    /// <summary>Bytes the sink's kernel has taken.</summary>
    public long BytesOut;

    /// <summary>The source will give no more: its FIN was read, it failed, or the session stopped reading it.</summary>
    public bool IsSourceDone;

    /// <summary>The source's FIN was read: it is done in good order.</summary>
    public bool IsFinReceived;

    /// <summary>Reading stopped before the source's FIN: whatever arrives from then on is lost and counted as late.</summary>
    public bool IsSourceCut;

    /// <summary>Bytes in the source's receive queue at the moment of the cut.</summary>
    public long UnreadAtCut;

    /// <summary>Nothing more will be sent: our FIN was sent, or the sink failed.</summary>
    public bool IsSinkDone;

    public Pipe Pipe { get; private set; } = Pipe.None;

    public int PipeBytes;

    /// <summary>Splices in a row that moved little: the sign that copying is cheaper.</summary>
    public int SmallSplices;

    /// <summary>Reads in a row that filled a whole block: the sign of a bulk transfer.</summary>
    public int FullReads;

    /// <summary>"set-bandwidth-limit": what may be forwarded; null without, which is what most have.</summary>
    public BandwidthLimit? Limit;

    /// <summary>Until when nothing is forwarded because of <see cref="Limit"/>; Never when nothing waits for that.</summary>
    public Instant HeldBackUntil = Instant.Never;

    public int Pending => _length + PipeBytes;

    public int BlockLength => _length;

    public byte* BlockData => _block + _start;

    public void FinReceived()
    {
        IsSourceDone = true;
        IsFinReceived = true;
    }

    public bool IsDone => IsSourceDone && IsSinkDone;

    public void Reset()
    {
        BytesIn = 0;
        BytesOut = 0;
        IsSourceDone = false;
        IsFinReceived = false;
        IsSourceCut = false;
        UnreadAtCut = 0;
        IsSinkDone = false;
        FullReads = 0;
        SmallSplices = 0;
        Limit = null;
        HeldBackUntil = Instant.Never;
    }

    /// <summary>Room for more in the block; 0 when none could be leased.</summary>
    public int Room(BufferPool buffers)
    {
        if (_block == null)
        {
            _block = buffers.Lease();
            if (_block == null)
                return 0;
            _start = 0;
        }

        if (_length == 0)
            _start = 0;
        return (_isLarge ? buffers.LargeBytes : buffers.BlockBytes) - _start - _length;
    }

    /// <summary>
    /// Keeps what was received and not sent; the channel holds nothing before. There is always a block for it: nothing
    /// is read without <see cref="BufferPool.HasRoom"/>, and no more than a block without
    /// <see cref="BufferPool.HasLargeRoom"/>.
    /// </summary>
    public void Keep(BufferPool buffers, byte* data, int length)
    {
        Check.That(_block == null, "what was kept before is sent before more is received");
        _isLarge = length > buffers.BlockBytes;
        _block = _isLarge ? buffers.LeaseLarge() : buffers.Lease();
        Check.That(_block != null, "a block is there for what was received");
        System.Buffer.MemoryCopy(data, _block, length, length);
        _start = 0;
        _length = length;
    }

    /// <summary>Where <see cref="Room"/> begins.</summary>
    public byte* RoomStart => _block + _start + _length;

    public void Appended(int length) => _length += length;

    public void Consumed(int length, BufferPool buffers)
    {
        _start += length;
        _length -= length;
        if (_length == 0)
            ReturnBlock(buffers);
    }

    /// <summary>Gives back a block that was leased for a read that found nothing.</summary>
    public void ReturnIfEmpty(BufferPool buffers)
    {
        if (_length == 0)
            ReturnBlock(buffers);
    }

    /// <summary>Forgets what the block holds: it was not the client's data.</summary>
    public void Discard(BufferPool buffers)
    {
        _length = 0;
        ReturnBlock(buffers);
    }

    public bool TryOpenPipe(PipePool pipes)
    {
        if (!Pipe.IsOpen)
            Pipe = pipes.Lease();
        return Pipe.IsOpen;
    }

    public void ClosePipe(PipePool pipes)
    {
        if (!Pipe.IsOpen)
            return;
        pipes.Return(Pipe, PipeBytes == 0);
        Pipe = Pipe.None;
        PipeBytes = 0;
    }

    /// <summary>Gives block and pipe back, with whatever they hold.</summary>
    public void Release(BufferPool buffers, PipePool pipes)
    {
        _length = 0;
        ReturnBlock(buffers);
        ClosePipe(pipes);
    }

    private void ReturnBlock(BufferPool buffers)
    {
        if (_block == null)
            return;
        if (_isLarge)
            buffers.ReturnLarge(_block);
        else
            buffers.Return(_block);
        _isLarge = false;
        _block = null;
        _start = 0;
    }
}

using Hawser.Base.Assertions;
using Hawser.Base.Time;
using Hawser.Io.Buffers;
using Hawser.Io.Loop;

namespace Hawser.Proxy.Connections;

/// <summary>
/// One direction of a session: what was received and not yet sent lies in a leased block or in a pipe, in that order,
/// and mostly in neither. <c>BytesIn + Rewritten = BytesOut + Pending + Held</c> holds between any two calls: the
/// conservation that the loss ledger rests on. In mode tcp nothing is rewritten or held.
/// </summary>
public sealed unsafe class Channel
{
    private byte* _block;
    private bool _isLarge;
    private int _start;
    private int _length;
    private long _turn;
    private int _reads;

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

    /// <summary>What rewriting has added to what was received, less what it took out; mode http.</summary>
    public long Rewritten;

    /// <summary>
    /// Bytes at the block's end that are not to be sent as they are: a head that is still looked at, the rest of a
    /// message that is not through its filter, the beginning of the next message.
    /// </summary>
    public int Held { get; private set; }

    public Pipe Pipe { get; private set; } = Pipe.None;

    public int PipeBytes;

    /// <summary>Splices in a row that moved little: the sign that copying is cheaper.</summary>
    public int SmallSplices;

    /// <summary>Reads in a row that filled a whole block: the sign of a bulk transfer.</summary>
    public int FullReads;

    /// <summary>It reads more at once, goes through a pipe, and is sent in whole segments.</summary>
    public bool IsBulk => FullReads >= 2;

    /// <summary>
    /// It gets a block beyond the pool's maximum: a response, or a request that goes out again. Their sessions hold others.
    /// </summary>
    public bool IsUrgent;

    /// <summary>"set-bandwidth-limit": what may be forwarded; null without, which is what most have.</summary>
    public BandwidthLimit? Limit;

    /// <summary>Until when nothing is forwarded because of <see cref="Limit"/>; Never when nothing waits for that.</summary>
    public Instant HeldBackUntil = Instant.Never;

    /// <summary>Bytes on their way to the sink.</summary>
    public int Pending => _length - Held + PipeBytes;

    /// <summary>Bytes in the block, held ones included.</summary>
    public int BlockLength => _length;

    /// <summary>Bytes at the block's beginning that may be sent.</summary>
    public int SendLength => _length - Held;

    public byte* BlockData => _block + _start;

    /// <summary>
    /// One more read of this direction, if its turn has one left. Counted over all calls of a turn: events of both sides and
    /// a job of its own may each have the session go on.
    /// </summary>
    /// <param name="most">Reads of one turn.</param>
    public bool TryBeginRead(EventLoop loop, int most)
    {
        if (_turn != loop.Turns)
        {
            _turn = loop.Turns;
            _reads = 0;
        }

        if (_reads >= most) return false;
        _reads++;
        return true;
    }

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
        Rewritten = 0;
    }

    /// <summary>
    /// The next message begins: what is held of it was received already. The source goes on as it is.
    /// </summary>
    public void NextMessage()
    {
        BytesIn = Held;
        BytesOut = 0;
        Rewritten = 0;
        IsSinkDone = false;
        FullReads = 0;
        SmallSplices = 0;
    }

    /// <summary>What was just appended is held.</summary>
    public void Hold(int length) => Held += length;

    /// <summary>
    /// Lets go of a part of what is held, all before it being sent: of its first bytes, some are to be sent as they now
    /// stand at the beginning, the others are left out.
    /// </summary>
    /// <param name="taken">Bytes dealt with.</param>
    /// <param name="kept">Bytes to send, of these.</param>
    public void LetGo(int taken, int kept)
    {
        int rest = Held - taken;
        byte* held = _block + _start + SendLength;
        if (taken != kept && rest > 0) System.Buffer.MemoryCopy(held + taken, held + kept, rest, rest);
        _length -= taken - kept;
        Held = rest;
        Rewritten -= taken - kept;
    }

    /// <summary>
    /// Replaces all that the block holds: what the sink did not take of a piece that was made of it, and behind that what
    /// stays held. Both lie in one piece elsewhere and fit into a block with its margin.
    /// </summary>
    public void Replace(BufferPool buffers, byte* data, int unsent, int held)
    {
        _length = unsent + held;
        Held = held;
        if (_length == 0)
        {
            ReturnBlock(buffers);
            return;
        }

        if (_block == null) _block = buffers.Lease(IsUrgent);
        Check.That(_block != null && _length <= buffers.BlockBytes + BufferPool.MarginBytes, "what is made of a block fits into it");
        System.Buffer.MemoryCopy(data, _block, _length, _length);
        _start = 0;
    }

    /// <summary>Moves what the block holds to its beginning.</summary>
    public void Compact()
    {
        if (_start == 0 || _length == 0) return;
        System.Buffer.MemoryCopy(_block + _start, _block, _length, _length);
        _start = 0;
    }

    /// <summary>Throws away what the block holds, which was looked at and is answered in another way.</summary>
    public void DropBlock(BufferPool buffers)
    {
        Rewritten -= _length;
        Held = 0;
        Discard(buffers);
    }

    /// <summary>Throws away what the block has on its way to the sink: it is answered in another way. What is held stays.</summary>
    public void DropPending(BufferPool buffers)
    {
        int dropped = SendLength;
        Rewritten -= dropped;
        Consumed(dropped, buffers);
    }

    /// <summary>Throws away the first bytes of what is held, nothing being sent.</summary>
    public void DropHeld(int length, BufferPool buffers)
    {
        Held -= length;
        Rewritten -= length;
        Consumed(length, buffers);
    }

    /// <summary>Throws away the last bytes of what is held.</summary>
    /// <param name="kept">How many of its first bytes stay held.</param>
    public void DropHeldTail(int kept)
    {
        int dropped = Held - kept;
        Held = kept;
        _length -= dropped;
        Rewritten -= dropped;
    }

    /// <summary>Room for more in the block; 0 when none could be leased.</summary>
    public int Room(BufferPool buffers)
    {
        if (_block == null)
        {
            _block = buffers.Lease(IsUrgent);
            if (_block == null)
                return 0;
            _start = 0;
        }

        if (_length == 0)
            _start = 0;
        return int.Max(0, (_isLarge ? buffers.LargeBytes : buffers.BlockBytes) - _start - _length);
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
        _block = _isLarge ? buffers.LeaseLarge() : buffers.Lease(IsUrgent);
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
        Held = 0;
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

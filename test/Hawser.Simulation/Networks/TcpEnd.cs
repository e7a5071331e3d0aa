using Hawser.Io.Kernels;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Networks;

/// <summary>What Linux's TCP is to a program at one end of a connection: two queues, a state, an error.</summary>
internal sealed class TcpEnd : WorldTask
{
    private const int ResetArrives = 1;

    public TcpEnd(TcpConnection connection, bool isNear)
    {
        Connection = connection;
        IsNear = isNear;
    }

    public TcpConnection Connection { get; }

    public bool IsNear { get; }

    public TcpEnd Peer => IsNear ? Connection.Far : Connection.Near;

    /// <summary>From here to the peer.</summary>
    public Flow Out { get; set; } = null!;

    public Flow In => Peer.Out;

    public EndOwner? Owner { get; set; }

    public int SendCapacity = 64 * 1024;
    public int ReceiveCapacity = 64 * 1024;

    /// <summary>The program has closed it; the kernel may still be busy with it.</summary>
    public bool IsClosed;

    /// <summary>A reset has arrived, or the connection was refused.</summary>
    public bool IsDead;

    /// <summary>This end has sent a reset.</summary>
    public bool HasReset;

    /// <summary>SO_ERROR: told once.</summary>
    public KernelError Error;

    /// <summary>A send was refused or cut short: the next room is announced.</summary>
    public bool WantsRoom;

    // What an accountant wants to know.
    public long OpenedUs;
    public long AcceptedUs;
    public long LastReadUs;
    public long LastWriteUs;
    public long DeadSinceUs;
    public long FinArrivedUs;

    /// <summary>The last turn of its proxy in which it was read, how often then, and how much.</summary>
    public long ReadTurn;
    public int ReadsInTurn;
    public long BytesInTurn;

    /// <summary>What the program was told was unread, or unacknowledged, when it asked last; -1 when it did not.</summary>
    public long UnreadTold = -1;
    public long UnacknowledgedTold = -1;

    /// <summary>Since when something has been there to be read; meaningless when nothing is.</summary>
    public long ReadableSinceUs;

    /// <summary>How long it had been there when the program first asked, which it does when it stops reading.</summary>
    public long UnreadForUs;

    /// <summary>Content that was not read when the program closed it.</summary>
    public long UnreadAtClose;

    public bool IsEstablished => Connection.IsEstablished || !IsNear;

    public long Readable => In.Arrived - In.Read;

    public long Room => SendCapacity - (Out.Written - Out.Arrived);

    public bool IsPeerFinHere => In.FinArrived;

    /// <summary>close(2), as Linux does it: unread bytes make it a reset.</summary>
    public void Close(bool withReset)
    {
        if (IsClosed)
            return;
        IsClosed = true;
        UnreadAtClose = Readable;
        if (IsDead)
            return;
        if (!Connection.IsEstablished && IsNear)
        {
            // The handshake is under way: whoever answers it finds nobody.
            IsDead = true;
            if (Peer.Owner is not null || Connection.Far.OpenedUs > 0)
                SendReset();
            return;
        }

        if (withReset || Readable > 0)
            SendReset();
        else
            Shutdown();
    }

    /// <summary>Our FIN, after all that was written.</summary>
    public void Shutdown()
    {
        if (Out.FinWritten)
            return;
        Out.FinWritten = true;
        Out.Pump();
    }

    public void SendReset()
    {
        World world = Connection.Network.World;
        HasReset = true;
        IsDead = true;
        Out.Stop();
        long at = world.NowUs + Connection.Link.TravelUs(world.NowUs, 0);
        world.At(at > Out.LastArrivalUs ? at : Out.LastArrivalUs, Peer, ResetArrives);
    }

    public override void Run(int argument) => TakeReset(Peer.Out.FinArrived ? KernelError.BrokenPipe : KernelError.ConnectionReset);

    public void TakeReset(KernelError error)
    {
        if (IsDead)
            return;
        World world = Connection.Network.World;
        IsDead = true;
        DeadSinceUs = world.NowUs;
        Error = error;
        Out.Stop();
        world.Note(error == KernelError.ConnectionRefused ? Act.Refused : Act.ResetArrived, Connection.Number, IsNear, (int)error);
        if (IsClosed)
            return;
        if (error == KernelError.ConnectionRefused || !IsEstablished)
            Owner?.OnRefused(this);
        else
            Owner?.OnReset(this);
    }
}

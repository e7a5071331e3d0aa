using System;
using Hawser.Io.Kernels;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Invariants;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Kernels;

/// <summary>Bytes in and out.</summary>
internal sealed unsafe partial class SimKernel
{
    public override int Receive(int fd, byte* buffer, int capacity)
    {
        TimePasses();
        if (Find(fd) is not SimSocket { End: { } end } socket)
            return -(int)KernelError.NotConnected;
        int count = Takes(socket, end, capacity, FaultKind.ShortReceive);
        if (count <= 0)
            return count;
        end.In.Content.Copy(end.In.Read, new Span<byte>(buffer, count));
        TakeFrom(end, count);
        World.Note(Act.Receive, end.Connection.Number, end.IsNear, count);
        return count;
    }

    public override int Peek(int fd, byte* buffer, int capacity)
    {
        if (Find(fd) is not SimSocket { End: { } end } socket)
            return -(int)KernelError.NotConnected;
        int count = Takes(socket, end, capacity, FaultKind.ShortReceive, mayBlock: false);
        if (count > 0)
            end.In.Content.Copy(end.In.Read, new Span<byte>(buffer, count));
        return count;
    }

    public override int Send(int fd, byte* data, int length, bool more)
    {
        TimePasses();
        if (Find(fd) is not SimSocket { End: { } end } socket)
            return -(int)KernelError.NotConnected;
        int count = Gives(socket, end, length, FaultKind.ShortSend);
        HoldBack(end, more && count == length);
        if (count < 0)
            return count;
        end.Out.Content.Check(new ReadOnlySpan<byte>(data, count));
        GiveTo(end, count);
        World.Note(Act.Send, end.Connection.Number, end.IsNear, count);
        return count;
    }

    public override int Splice(int source, int destination, int length, bool more)
    {
        TimePasses();
        return (Find(source), Find(destination)) switch
        {
            (SimSocket { End: { } from } socket, SimPipeEnd { IsWriteEnd: true } pipe) =>
                SpliceIn(socket, from, pipe.Pipe, length),
            (SimPipeEnd { IsWriteEnd: false } pipe, SimSocket { End: { } to } socket) =>
                SpliceOut(pipe.Pipe, socket, to, length, more),
            _ => -(int)KernelError.InvalidArgument,
        };
    }

    public override int UnreadBytes(int fd)
    {
        if (FindEnd(fd) is not { } end)
            return 0;
        if (end.UnreadTold < 0 && end.Readable > 0)
            end.UnreadForUs = World.NowUs - end.ReadableSinceUs;
        end.UnreadTold = end.Readable;
        World.Note(Act.UnreadBytes, end.Connection.Number, end.IsNear, end.Readable);
        return (int)end.Readable;
    }

    public override int UnacknowledgedBytes(int fd)
    {
        if (FindEnd(fd) is not { } end)
            return 0;
        end.UnacknowledgedTold = end.Out.Written - end.Out.Arrived;
        int fin = end.Out.FinWritten && !end.Out.FinArrived ? 1 : 0;
        World.Note(Act.UnacknowledgedBytes, end.Connection.Number, end.IsNear, end.UnacknowledgedTold);
        return (int)end.UnacknowledgedTold + fin;
    }

    /// <summary>
    /// MSG_MORE lets the end of what was sent wait for what follows. It travels here all the same: who sleeps on such a
    /// promise is found when it begins to wait.
    /// </summary>
    private void HoldBack(TcpEnd end, bool isHeldBack)
    {
        if (isHeldBack)
            _heldBack.Add(end);
        else
            _heldBack.Remove(end);
    }

    private int SpliceIn(SimSocket socket, TcpEnd from, SimPipe pipe, int length)
    {
        if (pipe.Room == 0)
            return -(int)KernelError.WouldBlock;
        int count = Takes(socket, from, Math.Min(length, pipe.Room), FaultKind.ShortSplice);
        if (count <= 0)
            return count;
        if (!pipe.TryFill(from.In, from.In.Read, count))
            World.Fail(InvariantNames.ByteOrder, "bytes are spliced into a pipe that holds another session's", from.Connection.Number);
        TakeFrom(from, count);
        World.Note(Act.SpliceIn, from.Connection.Number, from.IsNear, count);
        return count;
    }

    private int SpliceOut(SimPipe pipe, SimSocket socket, TcpEnd to, int length, bool more)
    {
        if (pipe.Bytes == 0)
            return -(int)KernelError.WouldBlock;
        int count = Gives(socket, to, Math.Min(length, pipe.Bytes), FaultKind.ShortSplice);
        HoldBack(to, more && count == length);
        if (count < 0)
            return count;
        to.Out.Content.CheckSpliced(pipe.Source!, pipe.Offset, count);
        pipe.Drain(count);
        GiveTo(to, count);
        World.Note(Act.SpliceOut, to.Connection.Number, to.IsNear, count);
        return count;
    }

    /// <summary>How many bytes a receive takes now: 0 at the end, negative for an error.</summary>
    /// <param name="mayBlock">A look tells what is there: whoever sees nothing relies on it.</param>
    private int Takes(SimSocket socket, TcpEnd end, int capacity, FaultKind shortness, bool mayBlock = true)
    {
        long there = end.Readable;
        if (there > 0)
        {
            if (mayBlock && Faults.Strikes(FaultKind.ReceiveWouldBlock))
            {
                // As if it had not come yet: nobody can be blamed for not having read it before.
                end.ReadableSinceUs = World.NowUs;
                Announce(socket);
                return -(int)KernelError.WouldBlock;
            }

            int count = (int)Math.Min(there, capacity);
            if (count > 1 && Faults.Strikes(shortness))
            {
                Announce(socket);
                return 1 + Faults.Pick(count - 1);
            }

            return count;
        }

        if (end.IsPeerFinHere)
            return 0;
        if (end.Error != KernelError.None)
            return -(int)TakeError(socket.Descriptor);
        return end.IsDead ? 0 : -(int)KernelError.WouldBlock;
    }

    /// <summary>How many bytes a send takes now; negative for an error.</summary>
    private int Gives(SimSocket socket, TcpEnd end, int length, FaultKind shortness)
    {
        if (end.Error != KernelError.None)
            return -(int)TakeError(socket.Descriptor);
        if (end.IsDead || end.Out.FinWritten)
            return -(int)KernelError.BrokenPipe;
        if (!end.IsEstablished)
            return -(int)KernelError.WouldBlock;
        long room = end.Room;
        if (room <= 0 || Faults.Strikes(FaultKind.SendWouldBlock))
        {
            end.WantsRoom = true;
            if (room > 0)
                Announce(socket);
            return -(int)KernelError.WouldBlock;
        }

        int count = (int)Math.Min(room, length);
        if (count > 1 && Faults.Strikes(shortness))
        {
            count = 1 + Faults.Pick(count - 1);
            Announce(socket);
        }

        if (count < length)
            end.WantsRoom = true;
        return count;
    }

    private void TakeFrom(TcpEnd end, int count)
    {
        end.LastReadUs = World.NowUs;
        end.ReadableSinceUs = World.NowUs;
        end.In.WasRead(count);
        bool isFirst = end.ReadTurn != Turns;
        end.ReadsInTurn = isFirst ? 1 : end.ReadsInTurn + 1;
        end.BytesInTurn = isFirst ? count : end.BytesInTurn + count;
        end.ReadTurn = Turns;
    }

    private void GiveTo(TcpEnd end, int count)
    {
        end.LastWriteUs = World.NowUs;
        end.Out.Wrote(count);
    }
}

using System;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Networks;

/// <summary>
/// One direction of a connection: counts of what was written, what has arrived, what was read. The bytes themselves are
/// not kept: what they must be is known (<see cref="FlowContent"/>), and what a proxy sends is compared at once.
/// At most one segment is under way, as large as the receiver's window.
/// </summary>
internal sealed class Flow : WorldTask
{
    private readonly TcpEnd _from;
    private readonly TcpEnd _to;
    private bool _isUnderWay;
    private bool _isStopped;
    private long _segmentBytes;
    private bool _segmentHasFin;

    public Flow(TcpEnd from, TcpEnd to)
    {
        _from = from;
        _to = to;
        Content = new FlowContent(this);
    }

    public TcpEnd From => _from;

    public TcpEnd To => _to;

    public FlowContent Content { get; }

    /// <summary>Bytes that the sender's kernel has taken.</summary>
    public long Written;

    /// <summary>Bytes that the receiver's kernel has taken, and acknowledged.</summary>
    public long Arrived;

    public long Read;

    public bool FinWritten;

    public bool FinArrived;

    /// <summary>When the last segment that is under way arrives.</summary>
    public long LastArrivalUs { get; private set; }

    public void Wrote(long bytes)
    {
        Written += bytes;
        Pump();
    }

    /// <summary>The receiver's program took bytes: the window may open.</summary>
    public void WasRead(long bytes)
    {
        Read += bytes;
        if (!_isUnderWay && Written > Arrived)
            Pump();
    }

    /// <summary>What is not on its way yet never will be.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>Sends on what waits, as far as the window allows.</summary>
    public void Pump()
    {
        TcpConnection connection = _from.Connection;
        if (_isUnderWay || _isStopped || !connection.IsEstablished && _from.IsNear)
            return;
        long waiting = Written - Arrived;
        long window = _to.IsClosed ? waiting : _to.ReceiveCapacity - (Arrived - Read);
        long bytes = Math.Min(waiting, window);
        bool fin = FinWritten && !FinArrived && bytes == waiting;
        if (bytes <= 0 && !fin)
            return;
        World world = connection.Network.World;
        long travelUs = connection.Link.TravelUs(world.NowUs, bytes);
        if (fin && connection.Link.FinDelayUs > 0)
        {
            fin = bytes == 0;
            travelUs += fin ? connection.Link.FinDelayUs : 0;
        }

        _isUnderWay = true;
        _segmentBytes = bytes;
        _segmentHasFin = fin;
        LastArrivalUs = world.NowUs + travelUs;
        world.At(LastArrivalUs, this);
    }

    public override void Run(int argument)
    {
        _isUnderWay = false;
        if (_to.IsDead)
            return;
        World world = _from.Connection.Network.World;
        if (_to.IsClosed && _segmentBytes > 0)
        {
            // Nobody is there to read it: Linux answers with a reset, and forgets what it still had to send itself.
            _to.SendReset();
            return;
        }

        Arrived += _segmentBytes;
        if (_segmentHasFin)
        {
            FinArrived = true;
            _to.FinArrivedUs = world.NowUs;
        }

        world.Note(_segmentHasFin ? Act.FinArrived : Act.Arrived, _from.Connection.Number, _to.IsNear, _segmentBytes);
        if (!_to.IsClosed)
            _to.Owner?.OnArrived(_to);
        if (_segmentBytes > 0 && _from.WantsRoom && !_from.IsClosed && _from.Room * 3 >= _from.SendCapacity)
        {
            _from.WantsRoom = false;
            _from.Owner?.OnRoom(_from);
        }

        Pump();
    }
}

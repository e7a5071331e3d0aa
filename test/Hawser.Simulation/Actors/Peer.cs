using System;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Actors;

/// <summary>An actor at one end of a connection: reads, sends, finishes, resets as its script says.</summary>
internal class Peer(World world, PeerScript script) : EndOwner
{
    private const int SendAgain = 1;
    private const int ReadAgain = 2;
    private const int PatienceOver = 3;

    /// <summary>An actor whose peer has finished does not stay for ever.</summary>
    private const int LingerUs = 200_000_000;

    private bool _isSendPaused = true;
    private bool _isReadPaused;
    private bool _lingers;

    public World World => world;

    public PeerScript Script => script;

    public TcpEnd End { get; protected set; } = null!;

    public bool IsOver { get; private set; }

    public bool HasReset { get; private set; }

    /// <summary>How much it has to say by now, its PROXY header included.</summary>
    protected virtual long Target => End.Out.Content.HeaderBytes + (script.Echoes ? End.In.Content.Read : script.SendsBytes);

    /// <summary>It says what it has to say at once: long messages come to their end in the quiet phase.</summary>
    protected virtual bool IsHurried => false;

    /// <summary>Takes its end over and gets a voice.</summary>
    /// <param name="end">Already or about to be established.</param>
    /// <param name="header">A PROXY header to begin with, or none.</param>
    public virtual void Begin(TcpEnd end, ReadOnlySpan<byte> header)
    {
        End = end;
        end.Owner = this;
        end.Out.Content.Begin(end.Connection.Network.NewStream(end.Out), header);
    }

    public override void OnEstablished(TcpEnd end)
    {
        if (script.PatienceUs > 0)
            world.After(script.PatienceUs, this, PatienceOver);
        world.After(script.StartsAfterUs, this, SendAgain);
    }

    public override void OnRefused(TcpEnd end) => Leave();

    public override void OnArrived(TcpEnd end) => Go();

    public override void OnRoom(TcpEnd end) => Go();

    public override void OnReset(TcpEnd end) => Leave();

    public override void Run(int argument)
    {
        if (IsOver)
            return;
        if (argument == SendAgain)
            _isSendPaused = false;
        else if (argument == ReadAgain)
            _isReadPaused = false;
        else if (argument == PatienceOver)
        {
            Close(withReset: false);
            return;
        }
        else
        {
            OnTask(argument);
        }

        Go();
    }

    /// <summary>Leaves at once.</summary>
    public void Close(bool withReset)
    {
        if (IsOver)
            return;
        world.Note(withReset ? Act.ActorReset : Act.ActorClosed, End.Connection.Number, End.IsNear);
        HasReset |= withReset || End.Readable > 0;
        End.Close(withReset);
        Leave();
    }

    protected virtual void OnOver()
    {
    }

    /// <summary>A time is over that a derived actor has set.</summary>
    protected virtual void OnTask(int argument)
    {
    }

    /// <summary>It has read what it wants to read for now, and may find something to say.</summary>
    protected virtual void OnRead()
    {
    }

    protected void Leave()
    {
        if (IsOver)
            return;
        IsOver = true;
        End.IsClosed = true;
        OnOver();
    }

    protected void Go()
    {
        if (IsOver || End.IsDead)
            return;
        Read();
        OnRead();
        if (IsOver)
            return;
        Send();
        if (script.ResetsAfter >= 0 && End.Out.Content.Written + End.In.Content.Read >= script.ResetsAfter)
        {
            Close(withReset: true);
            return;
        }

        Finish();
    }

    private void Read()
    {
        while (!_isReadPaused && End.Readable > 0 && End.In.Read < script.ReadsAtMost)
        {
            // In the quiet phase nobody dawdles: what is under way comes to its end.
            int chunk = world.IsQuiet ? int.MaxValue : script.ReadChunk;
            long most = Math.Min(chunk, script.ReadsAtMost - End.In.Read);
            long count = Math.Min(End.Readable, most);
            world.Note(Act.ActorRead, End.Connection.Number, End.IsNear, count);
            End.In.WasRead(count);
            if (script.ReadGapUs > 0)
            {
                _isReadPaused = true;
                world.After(script.ReadGapUs, this, ReadAgain);
            }
        }
    }

    private void Send()
    {
        while (!_isSendPaused && !End.Out.FinWritten && End.Out.Written < Target)
        {
            long count = Math.Min(Math.Min(Target - End.Out.Written, IsHurried ? long.MaxValue : script.SendChunk), End.Room);
            if (count <= 0)
            {
                End.WantsRoom = true;
                return;
            }

            world.Note(Act.ActorSent, End.Connection.Number, End.IsNear, count);
            End.Out.Wrote(count);
            if (script.SendGapUs > 0 && !IsHurried)
            {
                _isSendPaused = true;
                world.After(script.SendGapUs, this, SendAgain);
            }
        }
    }

    /// <summary>Says that it has said all, or leaves, when it is time.</summary>
    protected virtual void Finish()
    {
        bool hasSentAll = End.Out.Written >= Target;
        bool hasHeardAll = End.In.FinArrived && (End.Readable == 0 || End.In.Read >= script.ReadsAtMost);
        bool finishes = script.Fin switch
        {
            FinPolicy.AfterSending => hasSentAll && IsStarted,
            FinPolicy.AfterPeer => hasSentAll && hasHeardAll && IsStarted,
            FinPolicy.AfterReceiving => hasHeardAll || End.In.Content.Read >= script.WantsBytes,
            _ => false,
        };
        if (finishes && script.Fin == FinPolicy.AfterReceiving)
        {
            Close(withReset: false);
            return;
        }

        if (finishes && !End.Out.FinWritten)
        {
            world.Note(Act.ActorFin, End.Connection.Number, End.IsNear);
            End.Shutdown();
        }

        if (End.Out.FinWritten && hasHeardAll)
        {
            Close(withReset: false);
        }
        else if (End.In.FinArrived)
        {
            Linger();
        }
    }

    /// <summary>Stays for a while, not for ever.</summary>
    protected void Linger()
    {
        if (_lingers)
            return;
        _lingers = true;
        world.After(LingerUs, this, PatienceOver);
    }

    /// <summary>The first pause is over: what a late speaker has not begun it cannot finish.</summary>
    protected bool IsStarted => !_isSendPaused || End.Out.Written > End.Out.Content.HeaderBytes || Target == 0;
}

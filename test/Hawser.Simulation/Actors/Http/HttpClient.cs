using System;
using System.Collections.Generic;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Actors.Http;

/// <summary>A client in mode http: sends its requests, one after the other or all at once, and reads the answers.</summary>
internal sealed class HttpClient : ClientActor
{
    private const int ThoughtEnough = 10;
    private const int ContinueAnyway = 11;
    private const int EndComes = 12;

    /// <summary>The line end that ends a chunked message.</summary>
    private const int LateBytes = 2;

    private readonly ExchangeBook _book;
    private readonly ClientHabits _habits;
    private readonly ResponseReader _responses;
    private Speech _speech = null!;
    private int _said;
    private int _read;
    private bool _isThinking;
    private Inquiry? _heldBack;
    private bool _isTunnelSaid;
    private bool _isEndLate;

    public HttpClient(World world, int index, PeerScript script, ClientHabits habits, ClientPopulation population, ExchangeBook book)
        : base(world, index, script, population)
    {
        _book = book;
        _habits = habits;
        _responses = new ResponseReader(this, book);
    }

    /// <summary>In the order they are sent.</summary>
    public List<Inquiry> Inquiries { get; } = [];

    /// <summary>Of the inquiries, those whose log line has come.</summary>
    public int Logged { get; set; }

    /// <summary>Its connection was accepted and closed without a request, and that was logged.</summary>
    public bool IsEmptyLogged { get; set; }

    public int TunnelBytes => _habits.TunnelBytes;

    public ResponseReader Responses => _responses;

    /// <summary>From here on nobody knows what its bytes mean.</summary>
    public bool IsWild => Inquiries.Exists(static inquiry => inquiry is { IsWild: true, At: < long.MaxValue });

    protected override bool IsHurried => World.IsQuiet;

    protected override long Target =>
        End.Out.Content.HeaderBytes + Math.Min(_speech.Length - (_isEndLate ? LateBytes : 0), World.IsQuiet && !Script.FinsWhenStopped ? long.MaxValue : Script.StopsAfter);

    public override void Begin(TcpEnd end, ReadOnlySpan<byte> header)
    {
        End = end;
        end.Owner = this;
        _speech = new Speech(end.Connection.Network.Noise);
        end.Out.Content.Begin(_speech, header);
        end.In.Content.Reader = _responses;
        do
            SayNext();
        while (_habits.Pipelines && _heldBack is null && _said < Inquiries.Count);
    }

    protected override void OnTask(int argument)
    {
        if (argument == ThoughtEnough)
            _isThinking = false;
        else if (argument == ContinueAnyway)
            SayHeldBack();
        else if (argument == EndComes)
            _isEndLate = false;
    }

    protected override void OnRead()
    {
        long read = End.In.Content.Read;
        while (_read < _said && Inquiries[_read].AnswerEnd <= read)
        {
            if (_heldBack == Inquiries[_read])
                SayHeldBack();
            _read++;
            if (_said == _read && _said < Inquiries.Count && _habits.ThinkUs > 0 && !World.IsQuiet)
            {
                _isThinking = true;
                World.After(_habits.ThinkUs, this, ThoughtEnough);
            }
        }

        if (_heldBack is { WasContinued: true })
            SayHeldBack();
        if (_responses.Tunnel is { } inquiry && !_isTunnelSaid)
        {
            _isTunnelSaid = true;
            _speech.SayNoise(inquiry.Place, TunnelBytes);
        }

        if (_said == _read && !_isThinking && _said < Inquiries.Count && !End.In.FinArrived)
            SayNext();
    }

    protected override void Finish()
    {
        bool hasHeardAll = End.In.FinArrived && (End.Readable == 0 || Script.ReadsAtMost <= End.In.Read);
        if (hasHeardAll)
        {
            _responses.Closed();
            Close(withReset: false);
            return;
        }

        bool hasSaidAll = _said == Inquiries.Count && _heldBack is null && !_isEndLate && End.Out.Written >= Target && IsStarted;
        bool hasReadAll = _read == Inquiries.Count;
        if (Script.FinsWhenStopped && End.Out.Content.Written >= Script.StopsAfter)
            SayFin();
        if (_responses.Tunnel is not null ? _isTunnelSaid && hasSaidAll : _habits.End == ClientEnd.HalfCloses && hasSaidAll)
            SayFin();
        else if (hasReadAll && _habits.End == ClientEnd.Closes)
            Close(withReset: false);
        if (hasReadAll || End.In.FinArrived)
            Linger();
    }

    private void SayFin()
    {
        if (End.Out.FinWritten)
            return;
        World.Note(Act.ActorFin, End.Connection.Number, End.IsNear);
        End.Shutdown();
    }

    private void SayNext()
    {
        if (_heldBack is not null)
            return;
        Inquiry inquiry = Inquiries[_said++];
        inquiry.At = _speech.Length;
        inquiry.SaidUs = World.NowUs;
        _book.Add(inquiry);
        if (inquiry.IsWild)
        {
            _speech.Say(WildRequests.Make(_book.Network.World.Stream(SeedUse.Patterns, inquiry.Id), inquiry));
            inquiry.HeadEnd = inquiry.End = _speech.Length;
            return;
        }

        _speech.Say(RequestText.Head(inquiry));
        inquiry.HeadEnd = _speech.Length;
        if (inquiry.ExpectsContinue && inquiry.BodyBytes > 0)
        {
            _heldBack = inquiry;
            World.After(_habits.ContinueUs, this, ContinueAnyway);
            return;
        }

        SayBody(inquiry);
    }

    private void SayBody(Inquiry inquiry)
    {
        RequestText.SayBody(_speech, inquiry);
        if (_habits.EndLateUs == 0 || inquiry.Ending != BodyEnding.Chunks)
            return;
        _isEndLate = true;
        World.After(_habits.EndLateUs, this, EndComes);
    }

    private void SayHeldBack()
    {
        if (_heldBack is not { } inquiry)
            return;
        _heldBack = null;
        SayBody(inquiry);
        while (_habits.Pipelines && _said < Inquiries.Count && _heldBack is null)
            SayNext();
    }
}

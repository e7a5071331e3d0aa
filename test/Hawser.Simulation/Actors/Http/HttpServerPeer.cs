using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Actors.Http;

/// <summary>A server at one of its connections in mode http: answers what it gets as its plan says.</summary>
internal sealed class HttpServerPeer : Peer
{
    private const int AnswerDue = 10;
    private const int IdleEnough = 11;

    private readonly ExchangeBook _book;
    private readonly RequestReader _requests;
    private readonly List<Turn> _turns = [];
    private Speech _speech = null!;
    private int _next;
    private bool _isAnswerDue;
    private bool _isDelayed;
    private bool _isFinishing;
    private bool _isReset;
    private int _idleTurn = -1;

    public HttpServerPeer(World world, PeerScript script, int server, ExchangeBook book)
        : base(world, script)
    {
        Server = server;
        _book = book;
        _requests = new RequestReader(this, book);
    }

    public int Server { get; }

    /// <summary>The newest request that came here; null before the first one.</summary>
    public Execution? Last => _turns.Count > 0 ? _turns[^1].Execution : null;

    protected override bool IsHurried => World.IsQuiet;

    protected override long Target => _speech.Length;

    public override void Begin(TcpEnd end, ReadOnlySpan<byte> header)
    {
        End = end;
        end.Owner = this;
        _speech = new Speech(end.Connection.Network.Noise);
        end.Out.Content.Begin(_speech, header);
        if (!end.Connection.IsCheck)
            end.In.Content.Reader = _requests;
    }

    /// <summary>A request's head has been written to it, up to a place in what it reads.</summary>
    public Execution Take(Inquiry inquiry, MessageHead head, long headEnd)
    {
        Execution execution = AnswerPlan.Draw(_book, this, inquiry, head);
        _book.Add(execution);
        _turns.Add(new Turn(execution, headEnd));
        return execution;
    }

    /// <summary>What nobody knows is answered with an error and the end.</summary>
    public void TakeStray(long headEnd) => _turns.Add(new Turn(null, headEnd));

    protected override void OnTask(int argument)
    {
        if (argument == AnswerDue)
            _isAnswerDue = true;
        else if (argument == IdleEnough && _idleTurn == _turns.Count && _next == _turns.Count)
            _isFinishing = true;
    }

    protected override void OnRead()
    {
        long read = End.In.Content.Read;
        if (_isFinishing || _next >= _turns.Count || _turns[_next].HeadEnd > read)
            return;
        Turn turn = _turns[_next];
        if (turn.Execution is not { } execution)
        {
            _speech.Say("HTTP/1.1 400 Bad\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"u8);
            _isFinishing = true;
            return;
        }

        if (execution.InterimStatus != 0 && !execution.IsBegun)
            SayInterim(execution);
        bool isRequestHere = execution.IsRequestWhole && execution.RequestEnd <= read;
        if (!execution.IsEarly && !isRequestHere && execution.Ending != BodyEnding.Tunnel)
            return;
        if (execution.DelayUs > 0 && !_isAnswerDue && !World.IsQuiet)
        {
            if (!_isDelayed)
                World.After(execution.DelayUs, this, AnswerDue);
            _isDelayed = true;
            return;
        }

        _isAnswerDue = false;
        _isDelayed = false;
        _next++;
        Answer(execution);
    }

    protected override void Finish()
    {
        bool hasSaidAll = End.Out.Written >= Target;
        bool hasHeardAll = End.In.FinArrived && End.Readable == 0;
        bool isTunnel = Last is { Ending: BodyEnding.Tunnel };
        if (hasSaidAll && _isReset)
        {
            Close(withReset: true);
            return;
        }

        if (hasSaidAll && (_isFinishing || (hasHeardAll && isTunnel)) && !End.Out.FinWritten)
        {
            World.Note(Act.ActorFin, End.Connection.Number, End.IsNear);
            End.Shutdown();
        }

        if (hasHeardAll && (hasSaidAll || _next < _turns.Count || World.IsQuiet))
            Close(withReset: false);
        else if (End.In.FinArrived || End.Out.FinWritten)
            Linger();
    }

    private void SayInterim(Execution execution)
    {
        execution.IsBegun = true;
        string reason = execution.InterimStatus == 100 ? "100 Continue" : "103 Early Hints";
        BodyText.Say(_speech, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {reason}\r\nx-serial: {execution.Serial}\r\n\r\n"));
    }

    private void Answer(Execution execution)
    {
        execution.IsBegun = true;
        execution.At = _speech.Length;
        switch (execution.Trouble)
        {
            case AnswerTrouble.Silence:
                return;
            case AnswerTrouble.NoWord:
                Leave(execution);
                return;
            case AnswerTrouble.Junk:
                _speech.SayNoise(execution.Place, 1 + execution.Serial % 300);
                _speech.Say("\r\n\r\n"u8);
                Leave(execution);
                return;
        }

        _speech.Say(Head(execution));
        execution.BodyAt = _speech.Length;
        SayBody(execution);
        execution.SaidEnd = _speech.Length;
        if (execution.Trouble is AnswerTrouble.Truncated or AnswerTrouble.BrokenChunks)
        {
            Leave(execution);
            return;
        }

        if (execution.Trouble == AnswerTrouble.Stalls)
            return;
        execution.End = _speech.Length;
        if (execution.Trouble == AnswerTrouble.Excess)
            _speech.Say(Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil"));
        if (execution.Ending == BodyEnding.Tunnel)
            _speech.SayNoise(execution.Place, execution.Inquiry.Client.TunnelBytes);
        else if (execution.IsLast)
            _isFinishing = true;
        else if (execution.IdleUs > 0)
        {
            _idleTurn = _turns.Count;
            World.After(execution.IdleUs, this, IdleEnough);
        }
    }

    private void SayBody(Execution execution)
    {
        if (execution.Inquiry.IsHeadOnly || execution.Status is 204 or 304)
            return;
        long bytes = execution.Trouble is AnswerTrouble.Truncated or AnswerTrouble.BrokenChunks or AnswerTrouble.Stalls ? execution.BodyBytes * (execution.Serial % 8) / 8 : execution.BodyBytes;
        execution.SaidBytes = bytes;
        switch (execution.Ending)
        {
            case BodyEnding.Length or BodyEnding.Close:
                _speech.SayNoise(execution.Place, bytes);
                break;
            case BodyEnding.Chunks:
                bool isFinished = execution.Trouble is AnswerTrouble.None or AnswerTrouble.Excess;
                BodyText.SayChunks(_speech, execution.Place, bytes, execution.ChunkBytes, isFinished, execution.HasTrailers ? BodyText.Trailers(execution.Serial) : "");
                if (execution.Trouble == AnswerTrouble.BrokenChunks)
                    _speech.Say("xyz\r\n"u8);
                break;
        }
    }

    private void Leave(Execution execution)
    {
        _isReset = execution.EndsWithReset;
        _isFinishing = true;
    }

    private static byte[] Head(Execution execution)
    {
        StringBuilder text = new();
        string version = execution.IsOldVersion ? "HTTP/1.0" : "HTTP/1.1";
        text.Append(CultureInfo.InvariantCulture, $"{version} {execution.Status} Status\r\nX-Serial: {execution.Serial}\r\n");
        if (execution.Ending == BodyEnding.Length && execution.Status != 204)
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {execution.BodyBytes}\r\n");
        else if (execution.Ending == BodyEnding.Chunks && execution.Status != 204)
            text.Append("Transfer-Encoding: chunked\r\n");
        if (execution.Status == 101)
            text.Append("Connection: upgrade\r\nUpgrade: bytes\r\n");
        else if (execution.IsLast)
            text.Append("Connection: close\r\n");
        else if (execution.IsOldVersion)
            text.Append("Connection: keep-alive\r\n");
        if (execution.Serial % 4 == 0)
            text.Append("Content-Type: text/plain\r\nSet-Cookie: a=b\r\n");
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    /// <param name="Execution">Null: a request that nobody has sent.</param>
    /// <param name="HeadEnd">Where its head ends in what is read here.</param>
    private readonly record struct Turn(Execution? Execution, long HeadEnd);
}

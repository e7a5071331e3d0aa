using System;
using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Io.Loop;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// A letter between a session and a service: it travels to the control loop, where the next piece of the answer is made,
/// and back. At any time one of the two loops has it, but for <see cref="Abandon"/>, which concerns the session's side
/// only. A session that ends meanwhile lets go of it; it comes back to nobody.
/// </summary>
internal sealed class ServiceCall : LoopJob
{
    private readonly EventLoop _control;
    private readonly HttpService _service;
    private readonly ServiceRequest _request;
    private readonly ServiceBuffer _buffer = new();
    private readonly Answer _answer;
    private readonly EventLoop _home;
    private IEnumerator<ServicePause>? _writing;
    private Session? _session;

    public ServiceCall(Session session, HttpService service, ServiceRequest request)
    {
        _session = session;
        _home = session.Loop;
        _control = session.Home.Process.ControlLoop!;
        _service = service;
        _request = request;
        _answer = new Answer(this);
    }

    public HttpService Service => _service;

    /// <summary>It is on its way: nothing of it may be looked at.</summary>
    public bool IsAway { get; private set; }

    /// <summary>The answer's head; null until it has come back once.</summary>
    public ServiceWork? Work { get; private set; }

    public bool IsChunked { get; set; }

    /// <summary>Nothing follows what it brought.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The piece is not complete yet: the control loop does something else first.</summary>
    private bool _goesOn;

    /// <summary>What it brought was taken.</summary>
    private bool _isTaken = true;

    /// <summary>When the next piece may be asked for; Never: as soon as this one was sent.</summary>
    public Instant NextAt { get; private set; } = Instant.Never;

    public void Ask()
    {
        IsAway = true;
        NextAt = Instant.Never;
        // Within one loop nobody needs to be woken.
        if (_home == _control) _control.Schedule(this);
        else _control.Post(this);
    }

    /// <summary>The session has no more use for it.</summary>
    public void Abandon() => _session = null;

    /// <summary>What is to be sent next; empty when it was taken already.</summary>
    public ReadOnlyMemory<byte> TakePiece(out int contentBytes)
    {
        contentBytes = 0;
        if (_isTaken) return default;
        _isTaken = true;
        contentBytes = _buffer.Length;
        return _buffer.Piece(IsChunked, IsDone);
    }

    /// <summary>
    /// On the control loop. A turn makes one buffer at most, and not even that where the service finds little to write: what
    /// else the loop has to do comes in between.
    /// </summary>
    public override void Run(EventLoop loop)
    {
        if (!_goesOn) _buffer.Clear();
        _goesOn = false;
        int pauseMs = 0;
        if (_writing is null)
        {
            Work = _service.Answer(_request, loop);
            _writing = Work.Write(_buffer);
        }

        bool isMore = true;
        while (!_buffer.IsFull && pauseMs == 0 && (isMore = _writing.MoveNext()))
        {
            pauseMs = _writing.Current.Milliseconds;
            if (!_writing.Current.EndsTurn) continue;
            _goesOn = true;
            _control.Schedule(this);
            return;
        }

        IsDone = !isMore;
        NextAt = pauseMs > 0 ? loop.Now.After(new Milliseconds(pauseMs)) : Instant.Never;
        if (_home == _control) CameBack(loop);
        else _home.Post(_answer);
    }

    private void CameBack(EventLoop loop)
    {
        IsAway = false;
        _isTaken = false;
        _session?.Run(loop);
    }

    private sealed class Answer(ServiceCall call) : LoopJob
    {
        public override void Run(EventLoop loop) => call.CameBack(loop);
    }
}

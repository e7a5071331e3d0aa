using System;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;

namespace Hawser.Proxy.Streams;

/// <summary>
/// Asks one loop for its live sessions, newest first, some at a time: posted to the loop, and back when it is filled.
/// Between two turns sessions come and go; the survey goes on below the last number it has seen.
/// </summary>
public sealed class SessionSurvey : LoopJob
{
    /// <summary>Sessions looked at in one turn: the loop's own have to wait for it.</summary>
    private const int Batch = 256;

    private readonly ProxyLoop _home;
    private readonly EventLoop _asker;
    private readonly Answer _answer;
    private uint _below = uint.MaxValue;

    /// <param name="asker">The loop that <see cref="Answered"/> is called on.</param>
    public SessionSurvey(ProxyLoop home, EventLoop asker)
    {
        _home = home;
        _asker = asker;
        _answer = new Answer(this);
    }

    public Action? Answered { get; set; }

    /// <summary>
    /// What the last turn found, <see cref="Count"/> of them; the asker's, from <see cref="Answered"/> to the next
    /// <see cref="Ask"/>.
    /// </summary>
    public SessionSummary[] Found { get; } = new SessionSummary[Batch];

    public int Count { get; private set; }

    /// <summary>The loop has no more.</summary>
    public bool IsDone { get; private set; }

    public void Ask() => _home.Loop.Post(this);

    public override void Run(EventLoop loop)
    {
        Count = 0;
        Session? session = _home.FirstSession;
        while (session is not null && session.Number >= _below)
            session = session.NextSession;
        for (; session is not null && Count < Batch; session = session.NextSession)
        {
            Found[Count++] = session.Summary();
            _below = session.Number;
        }

        IsDone = session is null;
        _asker.Post(_answer);
    }

    private sealed class Answer(SessionSurvey survey) : LoopJob
    {
        public override void Run(EventLoop loop) => survey.Answered?.Invoke();
    }
}

/// <summary>Ends one session, wherever it lives: posted to its loop, or to all of them.</summary>
public sealed class SessionShutdown(ProxyLoop home, uint number, EventLoop asker, Action<bool> answered) : LoopJob
{
    private bool _isFound;

    public void Ask() => home.Loop.Post(this);

    public override void Run(EventLoop loop)
    {
        for (Session? session = home.FirstSession; session is not null; session = session.NextSession)
        {
            if (session.Number != number)
                continue;
            _isFound = true;
            session.Kill(TerminationCause.Killed);
            break;
        }

        asker.Post(new Answer(answered, _isFound));
    }

    private sealed class Answer(Action<bool> answered, bool isFound) : LoopJob
    {
        public override void Run(EventLoop loop) => answered(isFound);
    }
}

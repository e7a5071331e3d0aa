using System;
using System.Collections.Generic;
using System.Threading;
using Hawser.Io.Loop;
using Hawser.Proxy.Building;

namespace Hawser.Control.Reloads;

/// <summary>
/// Reloads of one process, one at a time: a thread reads and builds, loop 0 puts the result to work or keeps what runs.
/// All members are for loop 0.
/// </summary>
/// <param name="loop">Loop 0.</param>
/// <param name="running">What serves now.</param>
/// <param name="source">Reads and builds.</param>
/// <param name="replaced">Told when another set is at work, before any of its sessions has begun.</param>
public sealed class ReloadManager(EventLoop loop, ProxySet running, ReloadSource source, Action<ProxySet> replaced)
{
    private const int Kept = 32;

    private readonly List<ReloadRecord> _records = [];
    private readonly List<Action<ReloadRecord>> _answers = [];
    private readonly List<Action<ReloadRecord>> _waitingAnswers = [];
    private readonly Queue<Letter> _waiting = new();
    private readonly ReloadMemory _memory = new();
    private bool _isUnderWay;
    private bool _isWishedAgain;
    private string _wishedBy = "";
    private int _count;

    /// <summary>What serves now.</summary>
    public ProxySet Running { get; private set; } = running;

    /// <summary>The last ones, oldest first.</summary>
    public IReadOnlyList<ReloadRecord> Records => _records;

    /// <summary>Reloads that took place.</summary>
    public int Done { get; private set; }

    /// <summary>Those that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>A configuration is being read or put to work: dynamic changes of backends wait.</summary>
    public bool IsUnderWay => _isUnderWay;

    /// <summary>Something is told of each outcome, beside whoever asked.</summary>
    public Action<ReloadRecord>? Ended { get; set; }

    /// <summary>A change is about to be planned for: systemd wants to know.</summary>
    public Action? Begun { get; set; }

    /// <summary>
    /// Reads the files again and puts them to work. While one is under way, further wishes are one more reload after it:
    /// the files may have changed since they were read.
    /// </summary>
    /// <param name="by">Who asks, for the record.</param>
    /// <param name="answered">Called when the reload that serves this wish has ended; null for none.</param>
    public void Reload(string by, Action<ReloadRecord>? answered)
    {
        if (_isUnderWay)
        {
            _isWishedAgain = true;
            _wishedBy = by;
            if (answered is not null)
                _waitingAnswers.Add(answered);
            return;
        }

        if (answered is not null)
            _answers.Add(answered);
        Begin(by);
    }

    /// <summary>What a reload would do; asked for on loop 0, answered there.</summary>
    /// <param name="file">Null: the files of the start.</param>
    public void Plan(string? file, Action<ReloadCandidate> answered) =>
        Send(new Letter(this, () => source.Plan(Running, file), answered));

    /// <summary>The running configuration, canonical.</summary>
    public void Show(Action<string> answered)
    {
        string text = "";
        Send(new Letter(
            this,
            () =>
            {
                text = source.Show(Running);
                return new ReloadCandidate(null, null, "", null);
            },
            _ => answered(text)));
    }

    private EventLoop Loop => loop;

    private void Begin(string by)
    {
        ReloadRecord record = new() { Number = ++_count, Date = loop.WallClock, By = by, Begun = loop.Now };
        _records.Add(record);
        if (_records.Count > Kept)
            _records.RemoveAt(0);
        _isUnderWay = true;
        Begun?.Invoke();
        Send(new Letter(this, () => source.Prepare(Running), candidate => PutToWork(record, candidate)));
    }

    /// <summary>One thing at a time is read: they share what is known of the running configuration.</summary>
    private void Send(Letter letter)
    {
        _waiting.Enqueue(letter);
        if (_waiting.Count == 1)
            letter.Start();
    }

    private void Received(Letter letter)
    {
        _waiting.Dequeue();
        letter.Answer();
        if (_waiting.TryPeek(out Letter? next))
            next.Start();
    }

    private void PutToWork(ReloadRecord record, ReloadCandidate candidate)
    {
        record.Messages = candidate.Messages;
        if (candidate.Succession is not { } succession)
        {
            End(record, ReloadResult.Refused, candidate.Problem);
            return;
        }

        long startedUs = loop.Kernel.WallClock().Microseconds;
        // Once more, now that nothing lies between the count and the change.
        record.Summary = PlanText.Summary(ReloadPlan.Of(succession.Before, succession.After));
        if (!succession.TryBegin(() => Finished(record, succession)))
        {
            End(record, ReloadResult.Refused, "the process has changed meanwhile: a stop has begun, or a listener was closed.");
            return;
        }

        Running = succession.After;
        replaced(Running);
        record.SwitchUs = loop.Kernel.WallClock().Microseconds - startedUs;
    }

    private void Finished(ReloadRecord record, SetSuccession succession)
    {
        record.Replaced(succession.Before);
        source.Succeeded(Running);
        End(record, ReloadResult.Done, null);
    }

    private void End(ReloadRecord record, ReloadResult result, string? problem)
    {
        record.Result = result;
        record.Problem = problem;
        record.DurationMs = (loop.Now - record.Begun).Value;
        Done += result == ReloadResult.Done ? 1 : 0;
        Refused += result == ReloadResult.Refused ? 1 : 0;
        _isUnderWay = false;
        Ended?.Invoke(record);
        Action<ReloadRecord>[] answers = [.. _answers];
        _answers.Clear();
        if (_isWishedAgain)
        {
            _isWishedAgain = false;
            _answers.AddRange(_waitingAnswers);
            _waitingAnswers.Clear();
            Begin(_wishedBy);
        }

        foreach (Action<ReloadRecord> answered in answers)
            answered(record);
    }

    /// <summary>Work for the thread, and its way back to loop 0.</summary>
    private sealed class Letter(ReloadManager manager, Func<ReloadCandidate> work, Action<ReloadCandidate> answered) : LoopJob
    {
        /// <summary>Reading goes deep where conditions nest, as on the main thread.</summary>
        private const int StackBytes = 8 * 1024 * 1024;

        private ReloadCandidate? _result;
        private EventLoop? _loop;

        public void Start()
        {
            _loop = manager.Loop;
            Thread thread = new(Work, StackBytes) { Name = "hawser/reload", IsBackground = true };
            thread.Start();
        }

        public void Answer() => answered(_result!);

        public override void Run(EventLoop loop) => manager.Received(this);

        private void Work()
        {
            manager._memory.Tidy();
            _result = work();
            _loop!.Post(this);
        }
    }
}

using System;
using Hawser.Base.Time;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;

namespace Hawser.Io.Loop;

/// <summary>
/// One thread's work: due timers → wait → ready descriptors → jobs → letters of other loops, over and over. The loop
/// owns everything it touches; it is passed to whoever needs it, never found. Only <see cref="Post"/> and
/// <see cref="RequestStop"/> may be called from other threads.
/// </summary>
public sealed unsafe class EventLoop
{
    internal const ulong NotWatched = ulong.MaxValue;

    /// <summary>Descriptors handled between two looks at the timers; HAProxy's tune.maxpollevents default.</summary>
    public const int DefaultEventsPerTurn = 200;

    /// <summary>Turns for which timers wait at most, so that they are never late by more than some tens of milliseconds.</summary>
    private const int MostPartialTurns = 32;

    private readonly int _poller;
    private readonly int _wakeUp;
    private readonly ReadyEvent[] _events;
    private readonly TimerQueue _timers = new();
    private readonly Mailbox _mailbox = new();

    private Watched[] _watched = new Watched[64];
    private int _freeWatch = -1;
    private int _watchedCount;

    private LoopJob? _firstJob;
    private LoopJob? _lastJob;
    private LoopJob? _firstWaiting;
    private LoopJob? _lastWaiting;

    /// <summary>Turns in a row that may not have seen all that was ready.</summary>
    private int _partialTurns;

    private volatile bool _stopRequested;

    private struct Watched
    {
        public ReadyHandler? Handler;

        /// <summary>Told apart from earlier users of the slot, whose late events are dropped.</summary>
        public uint Generation;
        public int NextFree;
    }

    /// <param name="index">From 0; loop 0 also does the process's chores (signals, checks).</param>
    /// <param name="kernel">Where it waits and reads its clocks.</param>
    /// <param name="buffers">Its own.</param>
    /// <param name="eventsPerTurn">"tune.maxpollevents".</param>
    public EventLoop(int index, Kernel kernel, BufferPool buffers, int eventsPerTurn = DefaultEventsPerTurn)
    {
        _events = new ReadyEvent[eventsPerTurn];
        Index = index;
        Kernel = kernel;
        Buffers = buffers;
        _poller = kernel.OpenPoller();
        _wakeUp = kernel.OpenWakeUp();
        kernel.Watch(_poller, _wakeUp, WatchMode.LevelRead, NotWatched);
        ReadClocks();
    }

    public int Index { get; }

    /// <summary>"busy-polling": never sleeps in the poller; may be turned off while the loop runs.</summary>
    public bool IsBusyPolling { get; set; }

    public Kernel Kernel { get; }

    public BufferPool Buffers { get; }

    /// <summary>The time this turn began: read once per wake-up, so that one turn sees one time.</summary>
    public Instant Now { get; private set; }

    public UnixTime WallClock { get; private set; }

    /// <summary>How much of its time it works.</summary>
    public LoopLoad Load { get; } = new();

    /// <summary>Turns so far.</summary>
    public long Turns { get; private set; }

    public int TimerCount => _timers.Count;

    public int WatchedCount => _watchedCount;

    /// <summary><see cref="Run"/> has ended or ends after this turn.</summary>
    public bool IsStopRequested => _stopRequested;

    /// <summary>Registers a descriptor. False when the kernel refuses (its limits are reached).</summary>
    public bool Watch(int fd, WatchMode mode, ReadyHandler handler)
    {
        if (_freeWatch < 0)
            GrowWatched();
        int slot = _freeWatch;
        ref Watched watched = ref _watched[slot];
        ulong token = ((ulong)watched.Generation << 32) | (uint)slot;
        if (Kernel.Watch(_poller, fd, mode, token) < 0)
            return false;
        _freeWatch = watched.NextFree;
        watched.Handler = handler;
        handler.WatchToken = token;
        _watchedCount++;
        return true;
    }

    /// <summary>
    /// Forgets a descriptor. <paramref name="isClosing"/>: close(2) follows, which takes it out of the poller by itself.
    /// Events of this turn that were already fetched for it are dropped.
    /// </summary>
    public void Unwatch(int fd, ReadyHandler handler, bool isClosing)
    {
        if (handler.WatchToken == NotWatched)
            return;
        if (!isClosing)
            Kernel.Unwatch(_poller, fd);
        int slot = (int)(uint)handler.WatchToken;
        handler.WatchToken = NotWatched;
        ref Watched watched = ref _watched[slot];
        watched.Handler = null;
        watched.Generation++;
        watched.NextFree = _freeWatch;
        _freeWatch = slot;
        _watchedCount--;
    }

    /// <summary>
    /// Takes a descriptor out of this loop's poller; from any thread. Whoever is registered for it hears nothing more but
    /// what was fetched already; its own loop calls <see cref="Unwatch"/> as if the descriptor had been closed.
    /// </summary>
    public void Silence(int fd) => Kernel.Unwatch(_poller, fd);

    public void SetTimer(LoopTimer timer, Instant deadline) => _timers.Set(timer, deadline);

    public void RemoveTimer(LoopTimer timer) => _timers.Remove(timer);

    /// <summary>Runs the job later in this turn, or at the beginning of the next; on the loop's own thread.</summary>
    public void Schedule(LoopJob job)
    {
        if (job.IsScheduled)
            return;
        job.IsScheduled = true;
        job.NextInRunQueue = null;
        if (_lastJob is null)
            _firstJob = job;
        else
            _lastJob.NextInRunQueue = job;
        _lastJob = job;
    }

    /// <summary>
    /// Runs the job when the buffer pool has room again, after those that asked before; asking twice is asking once.
    /// For a job that found no room: one that had some would be run again at once.
    /// </summary>
    public void WaitForBuffer(LoopJob job)
    {
        if (job.IsWaitingForBuffer)
            return;
        job.IsWaitingForBuffer = true;
        job.NextInWait = null;
        if (_lastWaiting is null)
            _firstWaiting = job;
        else
            _lastWaiting.NextInWait = job;
        _lastWaiting = job;
    }

    /// <summary>Has this loop run the job; from any thread.</summary>
    public void Post(LoopJob job)
    {
        if (_mailbox.Post(job))
            Kernel.Wake(_wakeUp);
    }

    /// <summary>Ends <see cref="Run"/> after the turn under way; from any thread.</summary>
    public void RequestStop()
    {
        _stopRequested = true;
        Kernel.Wake(_wakeUp);
    }

    public void Run()
    {
        while (!_stopRequested)
            Turn();
    }

    /// <summary>One turn; waits for work only when there is none. The simulator calls it step by step.</summary>
    public void Turn()
    {
        int timeoutMs = WaitTimeoutMs();
        if (timeoutMs != 0)
            Load.Waits(Kernel.WallClock());
        int ready = Kernel.Wait(_poller, _events, timeoutMs);
        Turns++;
        ReadClocks();
        Load.Wakes(WallClock);
        for (int i = 0; i < ready; i++)
            Dispatch(_events[i]);
        if (HasSeenAll(ready))
        {
            while (_timers.TakeDue(Now) is { } timer)
                timer.OnTimer(this);
        }

        RunJobs();
    }

    /// <summary>Closes the loop's own descriptors; the owner of everything watched has closed those.</summary>
    public void Close()
    {
        Kernel.Close(_wakeUp);
        Kernel.Close(_poller);
    }

    /// <summary>As many as there are free blocks; whoever then needs none leaves it to the next one, a turn later.</summary>
    private void WakeForBuffer()
    {
        for (int room = Buffers.Room; room > 0 && _firstWaiting is { } job; room--)
        {
            _firstWaiting = job.NextInWait;
            if (_firstWaiting is null)
                _lastWaiting = null;
            job.NextInWait = null;
            job.IsWaitingForBuffer = false;
            Schedule(job);
        }
    }

    /// <summary>
    /// Whoever spoke while this thread had no processor is not timed out as silent: a wait that a signal ended has looked
    /// at nothing, and one that filled its list may have left others out. Timers then wait for the next turns, but not for
    /// more of them than it takes to hear every descriptor once.
    /// </summary>
    /// <param name="ready">What the wait has returned.</param>
    private bool HasSeenAll(int ready)
    {
        bool isPartial = ready < 0 || ready == _events.Length;
        if (isPartial && _partialTurns < Math.Min(_watchedCount / _events.Length + 1, MostPartialTurns))
        {
            _partialTurns++;
            return false;
        }

        _partialTurns = 0;
        return true;
    }

    private int WaitTimeoutMs()
    {
        if (_firstJob is not null || IsBusyPolling || (_firstWaiting is not null && Buffers.HasRoom))
            return 0;
        Instant next = _timers.Earliest;
        if (next.IsNever)
            return -1;
        long left = (next - Now).Value;
        return left <= 0 ? 0 : (int)Math.Min(left, int.MaxValue);
    }

    private void Dispatch(in ReadyEvent ready)
    {
        if (ready.Token == NotWatched)
        {
            Kernel.ClearWakeUp(_wakeUp);
            return;
        }

        ref Watched watched = ref _watched[(int)(uint)ready.Token];
        if (watched.Handler is { } handler && watched.Generation == (uint)(ready.Token >> 32))
            handler.OnReady(this, ready.Readiness);
    }

    private void RunJobs()
    {
        LoopJob? letter = _mailbox.TakeAll();
        while (letter is not null)
        {
            LoopJob? next = letter.NextInMailbox;
            letter.NextInMailbox = null;
            System.Threading.Volatile.Write(ref letter.IsPosted, 0);
            letter.Run(this);
            letter = next;
        }

        WakeForBuffer();

        // Only the jobs that wait now: what they schedule again runs after the next look at the descriptors.
        LoopJob? job = _firstJob;
        LoopJob? last = _lastJob;
        _firstJob = null;
        _lastJob = null;
        while (job is not null)
        {
            LoopJob? next = job == last ? null : job.NextInRunQueue;
            job.NextInRunQueue = null;
            job.IsScheduled = false;
            job.Run(this);
            job = next;
        }
    }

    private void ReadClocks()
    {
        Now = Kernel.Now();
        WallClock = Kernel.WallClock();
    }

    private void GrowWatched()
    {
        int old = _watchedCount == 0 && _watched[0].Generation == 0 ? 0 : _watched.Length;
        if (old > 0)
            Array.Resize(ref _watched, old * 2);
        for (int i = _watched.Length - 1; i >= old; i--)
        {
            _watched[i].NextFree = _freeWatch;
            _watched[i].Generation = 1;
            _freeWatch = i;
        }
    }
}

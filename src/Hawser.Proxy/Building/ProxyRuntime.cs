using System;
using System.Collections.Generic;
using System.Threading;
using Hawser.Base.Random;
using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>
/// What a process has once, whatever configuration it serves: loops, limits, checks, the way to its end. Bound once, run
/// once, and handed from one <see cref="ProxySet"/> to the next at a reload. What changes its course
/// (<see cref="SoftStop"/> and its kin) is called on loop 0, and all of it is written there.
/// </summary>
public sealed class ProxyRuntime
{
    /// <summary>Any number: has the checks' spread differ from what else is made of the process's seed.</summary>
    private const ulong CheckSeed = 0x636865636b73;

    /// <summary>A stop waits for clients of the runtime API.</summary>
    private volatile bool _waitsForControl = true;

    internal ProxyRuntime()
    {
        Frontends = new FrontendAdministrator(this);
        Sessions = new RunningSessions(this);
    }

    /// <summary>The configuration at work.</summary>
    public required ProxySet Current { get; set; }

    public required ProcessState Process { get; init; }

    /// <summary>Empty until <see cref="TryBind"/>.</summary>
    public ProxyLoop[] Loops { get; private set; } = [];

    public FrontendAdministrator Frontends { get; }

    public RunningSessions Sessions { get; }

    /// <summary>Called on loop 0 when a stop begins: from then on no client of the runtime API is taken.</summary>
    public Action? ControlStopped { get; set; }

    /// <summary>One per loop; each replaced by that loop itself.</summary>
    internal Logger[] Loggers { get; private set; } = [];

    /// <summary>Of the configuration at work.</summary>
    internal Acceptor[] Acceptors { get; private set; } = [];

    internal ProxyEvents Events { get; private set; } = null!;

    internal AdmissionControl Admission { get; private set; } = null!;

    internal SoftStop Stopping { get; private set; } = null!;

    /// <summary>Null until the start.</summary>
    internal CheckRunner? Checks { get; private set; }

    /// <summary>Made with the loops.</summary>
    internal DescriptorShare? Descriptors { get; set; }

    /// <summary>Descriptors that the process may come to need; 0: not known.</summary>
    internal int DescriptorsMaximum { get; private set; }

    /// <summary>On the loops' clock.</summary>
    internal Instant StartedAt { get; private set; }

    /// <summary>The highest number that "add backend" has given, so that none means two backends.</summary>
    internal int LastProxyId { get; set; }

    /// <summary>Configurations that reloads have replaced and whose last session has not ended, oldest first.</summary>
    internal List<ProxySet> Retired { get; } = [];

    private EventLoop FirstLoop => Loops[0].Loop;

    /// <summary>
    /// Makes the loops and opens all listeners. False: <see cref="BuildErrors"/> says which could not be, and why.
    /// </summary>
    /// <param name="maximumSessions">Global "maxconn", configured or computed from the descriptor limit.</param>
    /// <param name="maximumPipes">Pipes for splicing in the whole process.</param>
    /// <param name="maximumDescriptors">What the process may come to need; 0: not known.</param>
    public bool TryBind(int maximumSessions, int maximumPipes, int maximumDescriptors = 0)
    {
        DescriptorsMaximum = maximumDescriptors;
        Current.ApplyLimits(maximumSessions);
        int loops = Current.Settings.Loops;
        Logger[] loggers = new Logger[loops];
        for (int i = 0; i < loops; i++)
        {
            loggers[i] = Current.NewLogger();
            Current.PrepareLogs(loggers[i]);
        }

        Loggers = loggers;
        Events = new ProxyEvents(loggers, Current.Settings.Print);
        Admission = new AdmissionControl(Process, Events);
        Loops = new ProxyLoop[loops];
        for (int i = 0; i < loops; i++)
            Loops[i] = LoopBuilder.Build(Current, i, loggers[i], Math.Max(1, maximumPipes / loops));
        Process.ControlLoop = FirstLoop;
        Process.Loads = Array.ConvertAll(Loops, static loop => loop.Loop.Load);
        Current.PrepareIdleConnections();
        Stopping = new SoftStop(this, Events, FirstLoop);
        return TryOpenListeners();
    }

    private bool TryOpenListeners()
    {
        ListenerBinder binder = Current.Binder();
        bool isBound = true;
        foreach (Listener listener in Current.Listeners)
            isBound &= binder.TryBind(listener, listener.Shards);
        foreach (Listener listener in Current.ControlListeners)
            isBound &= binder.TryBind(listener, shards: 1);
        Current.Settings.Handed?.CloseRest();
        return isBound;
    }

    /// <summary>Serves until stopped: loop 0 on the calling thread, the others on theirs.</summary>
    /// <inheritdoc cref="Start" path="/param"/>
    public void Run(ReadyHandler? control, int controlDescriptor)
    {
        Start(control, controlDescriptor);
        List<Thread> threads = [];
        for (int i = 1; i < Loops.Length; i++)
        {
            EventLoop loop = Loops[i].Loop;
            Thread thread = new(loop.Run) { Name = $"hawser/{i}", IsBackground = true };
            threads.Add(thread);
            thread.Start();
        }

        FirstLoop.Run();
        foreach (Thread thread in threads)
            thread.Join();
        foreach (ProxyLoop loop in Loops)
            loop.Logger.Detach();
        Current.CloseListeners();
    }

    /// <summary>
    /// Puts everything to work but the loops themselves: from here on each turn of a loop serves. <see cref="Run"/>
    /// gives every loop its thread; a simulation takes the turns itself.
    /// </summary>
    /// <param name="control">Watched by loop 0 while it runs: the process's signals; null for none.</param>
    /// <param name="controlDescriptor">What <paramref name="control"/> reads.</param>
    public void Start(ReadyHandler? control, int controlDescriptor)
    {
        StartedAt = FirstLoop.Now;
        foreach (ProxyLoop loop in Loops)
            loop.Logger.Attach(loop.Loop);
        foreach (Backend backend in Current.Backends)
            backend.Start();
        StartChecks();
        if (control is not null)
            FirstLoop.Watch(controlDescriptor, WatchMode.LevelRead, control);
        List<Acceptor> acceptors = [];
        foreach (ProxyLoop loop in Loops)
        {
            if (Current.CountsContinuously)
                loop.ContinuousCounts.Start();
            foreach (Listener listener in Current.Listeners)
            {
                if (listener.IsFor(loop.Loop.Index))
                    acceptors.Add(LoopBuilder.Acceptor(Current, listener, loop, LoopBuilder.NextSocket(listener, listener.Descriptors)));
            }
        }

        Accept(acceptors);
        foreach (Acceptor acceptor in Acceptors)
            acceptor.Start();
    }

    private void StartChecks()
    {
        ProxySettings settings = Current.Settings;
        Checks = CheckRunner.Start(
            FirstLoop,
            Current.Backends,
            Current.Model.Global,
            new Prng(settings.Seed ^ CheckSeed),
            new ServerEvents(Events, settings.Print),
            Sessions);
        foreach ((Server server, RestoredState state) in Current.Restored)
            Checks.Restore(server, state);
        Current.Restored = [];
    }

    /// <summary>These accept from now on, for the configuration at work.</summary>
    internal void Accept(List<Acceptor> acceptors)
    {
        Acceptors = [.. acceptors];
        Admission.SetAcceptors(Acceptors);
    }

    /// <summary>
    /// Closes what is still open once all loops have ended. A process that ends leaves that to the kernel; one that
    /// goes on must not.
    /// </summary>
    public void Close()
    {
        Current.CloseListeners();
        foreach (ProxyLoop loop in Loops)
        {
            Current.CloseIdleConnections(loop.Loop);
            loop.Pipes.CloseAll();
            loop.Logger.Close();
            loop.Loop.Close();
            loop.Loop.Buffers.Dispose();
        }
    }

    /// <summary>Closes the listeners, after a grace if there is one; the loops end when the last session has.</summary>
    public void SoftStop() => Stopping.Begin();

    /// <summary>Ends the loops at once: the kernel closes what is open when the process ends, as with HAProxy.</summary>
    public void StopNow()
    {
        foreach (ProxyLoop loop in Loops)
            loop.Loop.RequestStop();
    }

    /// <summary>Ends all sessions, then the loops.</summary>
    public void HardStop()
    {
        Process.IsStopping = true;
        _waitsForControl = false;
        Frontends.StopAll();
        Sessions.KillAll();
        StopLoopsWhenEmpty();
    }

    /// <summary>Each loop ends as soon as nothing is left to do in the process.</summary>
    internal void StopLoopsWhenEmpty()
    {
        ControlStopped?.Invoke();
        ControlStopped = null;
        foreach (ProxyLoop loop in Loops)
        {
            loop.Loop.Post(new LetIdleGo(loop));
            loop.Loop.Post(new StopWhenEmpty(this, loop));
        }
    }

    /// <summary>To the logs of the global section; on loop 0.</summary>
    public void Announce(SyslogLevel level, string text) => Events.Tell(Current.GlobalLogging, level, text);

    /// <summary>A limit of the process or of a frontend was raised.</summary>
    public void LimitsRaised() => Admission.LimitsRaised();

    private sealed class LetIdleGo(ProxyLoop home) : LoopJob
    {
        public override void Run(EventLoop loop) => home.CloseIdle();
    }

    /// <summary>
    /// During a stop: ends its loop as soon as no session is left in the process. Sessions of one loop may be released
    /// by another one's slots, so a loop stays until all are done.
    /// </summary>
    private sealed class StopWhenEmpty(ProxyRuntime run, ProxyLoop home) : LoopJob
    {
        public override void Run(EventLoop loop)
        {
            bool isControlled = run._waitsForControl && run.Process.ControlConnections > 0;
            if (run.Process.ActiveSessions == 0 && !isControlled && run.Stopping.ListeningProxies == 0)
                loop.RequestStop();
            else
                new StopTimer(this).Start(home.Loop);
        }
    }

    private sealed class StopTimer(LoopJob job) : LoopTimer
    {
        private static readonly Milliseconds s_period = new(10);

        public void Start(EventLoop loop) => loop.SetTimer(this, loop.Now.After(s_period));

        public override void OnTimer(EventLoop loop) => loop.Schedule(job);
    }
}

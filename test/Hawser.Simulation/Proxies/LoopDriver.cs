using Hawser.Base.Random;
using Hawser.Base.Time;
using Hawser.Io.Loop;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Invariants;
using Hawser.Simulation.Kernels;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Proxies;

/// <summary>The thread of one event loop: takes a turn when its poller has something or its sleep is over.</summary>
internal sealed class LoopDriver : WorldTask
{
    /// <summary>Turns in a row that do nothing and yet do not sleep.</summary>
    private const int SpinsMaximum = 2000;

    private readonly World _world;
    private readonly FaultPlan _faults;
    private readonly SimPoller _poller;
    private readonly SessionAuditor _auditor;
    private readonly Prng _random;
    private int _generation;
    private bool _isAwake;
    private long _lastCount;
    private long _lastTurnUs;
    private int _spins;

    public LoopDriver(World world, FaultPlan faults, EventLoop loop, SimPoller poller, SessionAuditor auditor, int number)
    {
        _world = world;
        _faults = faults;
        Loop = loop;
        _poller = poller;
        _auditor = auditor;
        _random = world.Stream(SeedUse.Scheduling, number);
        poller.OnReady = WakeUp;
        WakeUp();
    }

    public EventLoop Loop { get; }

    public override bool IsOutside => false;

    public override void Run(int argument)
    {
        if (argument != _generation || Loop.IsStopRequested)
            return;
        if (_faults.Strikes(FaultKind.Stall))
        {
            long stallUs = 1000L * (1 + _faults.Pick(3000));
            _auditor.Stalled(stallUs);
            _world.Note(Act.Stall, value: stallUs);
            Schedule(stallUs);
            return;
        }

        long beganUs = _world.NowUs;
        Instant clock = Loop.Now;
        _auditor.BeforeTurn(_lastTurnUs);
        Loop.Turn();
        if (_poller.HasToldAll)
            _lastTurnUs = beganUs;
        _auditor.AfterTurn(Loop, _world.NowUs - beganUs);
        _world.Note(Act.Turn, value: Loop.Index);
        CountSpins();
        // A wait that began in an earlier millisecond ends now, whatever it was allowed: timers may have fired since.
        if (_poller.HasReady || _poller.SleepsMs == 0 || Loop.Now != clock)
        {
            Schedule(2 + _random.NextBelow(20));
            return;
        }

        _isAwake = false;
        if (_poller.SleepsMs > 0)
            _world.After(_poller.SleepsMs * 1000L, this, ++_generation);
    }

    private void WakeUp()
    {
        if (_isAwake)
            return;
        Schedule(1 + _random.NextBelow(40));
    }

    private void Schedule(long delayUs)
    {
        _isAwake = true;
        _world.After(delayUs, this, ++_generation);
    }

    private void CountSpins()
    {
        bool hasWorked = _world.Trace.Count != _lastCount + 1 || _poller.SleepsMs != 0;
        _lastCount = _world.Trace.Count;
        _spins = hasWorked ? 0 : _spins + 1;
        if (_spins > SpinsMaximum)
            _world.Fail(InvariantNames.Progress, $"loop {Loop.Index} takes turn after turn and does nothing");
    }
}

using Hawser.Base.Random;

namespace Hawser.Simulation.Worlds;

/// <summary>
/// Virtual time and what happens in it. Everything in a run is in one world and on one thread; all randomness comes
/// from streams of the one seed, so the same seed gives the same run on any machine.
/// </summary>
internal sealed class World
{
    /// <summary>A monotonic clock begins somewhere; so does this one.</summary>
    private const long StartUs = 1_000_000_000;

    private readonly EventHeap _events = new();
    private ulong _seed;

    public World(ulong seed, bool keepsTrace)
    {
        _seed = seed;
        Trace = new Trace(keepsTrace);
    }

    public long NowUs { get; private set; } = StartUs;

    public Trace Trace { get; }

    /// <summary>The first broken invariant; the run ends there.</summary>
    public Violation? Violation { get; private set; }

    public bool IsQuiet { get; set; }

    /// <summary>
    /// From here on the streams are others: the same seed means different faults and links in different scenarios.
    /// </summary>
    public void Salt(string name)
    {
        // FNV-1a: the same on every machine, which the library's hash of a string is not.
        ulong hash = 0xCBF29CE484222325;
        foreach (char letter in name)
            hash = (hash ^ letter) * 0x100000001B3;
        _seed ^= hash;
    }

    /// <summary>A generator of its own for each user: what one draws never shifts what another one gets.</summary>
    public Prng Stream(SeedUse use, long index = 0) => new(_seed * 0x9E3779B97F4A7C15 + ((ulong)use << 48) + (ulong)index);

    public void At(long timeUs, WorldTask task, int argument = 0) =>
        _events.Add(timeUs < NowUs ? NowUs : timeUs, task, argument);

    public void After(long delayUs, WorldTask task, int argument = 0) => _events.Add(NowUs + delayUs, task, argument);

    /// <summary>Goes to the next event and lets it happen. False when there is none before the given time.</summary>
    public bool RunNext(long beforeUs)
    {
        if (_events.Count == 0 || _events.First.TimeUs >= beforeUs)
            return false;
        EventHeap.Entry next = _events.Take();
        NowUs = next.TimeUs;
        next.Task.Run(next.Argument);
        return true;
    }

    /// <summary>
    /// Time that goes by inside a system call: bytes arrive, peers act. Stops before anything that a proxy's own
    /// processor would do.
    /// </summary>
    public void Pass(long us)
    {
        long until = NowUs + us;
        while (_events.Count > 0 && _events.First.TimeUs <= until)
        {
            if (!_events.First.Task.IsOutside)
                return;
            EventHeap.Entry next = _events.Take();
            NowUs = next.TimeUs;
            next.Task.Run(next.Argument);
        }

        NowUs = until;
    }

    /// <summary>Sets the clock to a moment before which nothing is left to happen.</summary>
    public void AdvanceTo(long us)
    {
        if (us > NowUs)
            NowUs = us;
    }

    public void Note(Act act, int connection = -1, bool isNear = false, long value = 0) =>
        Trace.Note(NowUs, act, connection, isNear, value);

    /// <summary>Records a broken invariant; the first one stands.</summary>
    public void Fail(string invariant, string what, int connection = -1) =>
        Violation ??= new Violation(invariant, what, NowUs, connection);
}

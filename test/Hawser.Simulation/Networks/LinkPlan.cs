using Hawser.Base.Random;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Networks;

/// <summary>How good the ways are in this run, drawn from the seed; each connection gets one.</summary>
internal sealed class LinkPlan
{
    private static readonly int[] s_latenciesUs = [20, 100, 500, 5_000, 40_000];
    private static readonly int[] s_rates = [0, 0, 100_000, 10_000, 500];
    private static readonly int[] s_buffers = [2 * 1024, 8 * 1024, 32 * 1024, 128 * 1024, 512 * 1024];

    private readonly World _world;
    private readonly FaultPlan _faults;
    private readonly Prng _random;
    private readonly int _usualLatencyUs;
    private readonly int _usualRate;

    public LinkPlan(World world, FaultPlan faults)
    {
        _world = world;
        _faults = faults;
        _random = world.Stream(SeedUse.Links);
        _usualLatencyUs = s_latenciesUs[_random.NextBelow(4)];
        _usualRate = s_rates[_random.NextBelow(4)];
        NearBuffer = s_buffers[_random.NextBelow((uint)s_buffers.Length)];
        FarBuffer = s_buffers[_random.NextBelow((uint)s_buffers.Length)];
    }

    /// <summary>Size of the kernels' buffers at the end that connects, and at the other one.</summary>
    public int NearBuffer { get; }

    public int FarBuffer { get; }

    public void Prepare(TcpConnection connection)
    {
        bool isOdd = _random.NextBelow(16) == 0 && !_world.IsQuiet;
        int latencyUs = isOdd ? s_latenciesUs[_random.NextBelow((uint)s_latenciesUs.Length)] : _usualLatencyUs;
        connection.Link = new Link
        {
            LatencyUs = latencyUs / 2 + (int)_random.NextBelow((uint)latencyUs) + 1,
            BytesPerMs = isOdd ? s_rates[_random.NextBelow((uint)s_rates.Length)] : _usualRate,
        };
        connection.Near.SendCapacity = connection.Near.ReceiveCapacity = NearBuffer;
        connection.Far.SendCapacity = connection.Far.ReceiveCapacity = FarBuffer;
        if (_faults.Strikes(FaultKind.DelayedFin))
            connection.Link.FinDelayUs = 1000 + (int)_random.NextBelow(3_000_000);
        if (_faults.Strikes(FaultKind.LinkCut))
            _world.After(_random.NextBelow(2_000_000), new Disturbance(connection), (int)_random.NextBelow(20_000_000));
        if (_faults.Strikes(FaultKind.LinkReset))
            _world.After(_random.NextBelow(1_000_000), new Disturbance(connection), -1);
    }

    /// <summary>Strikes a connection in the middle of its life: a cut for a time, or a reset to both ends.</summary>
    private sealed class Disturbance(TcpConnection connection) : WorldTask
    {
        /// <param name="argument">Length of the cut in microseconds; -1 for a reset.</param>
        public override void Run(int argument)
        {
            World world = connection.Network.World;
            if (world.IsQuiet || !connection.IsEstablished)
                return;
            if (argument >= 0)
            {
                connection.Link.CutUntilUs = world.NowUs + argument;
                return;
            }

            world.Note(Act.LinkReset, connection.Number);
            connection.IsBrokenByLink = true;
            connection.Near.TakeReset(Io.Kernels.KernelError.ConnectionReset);
            connection.Far.TakeReset(Io.Kernels.KernelError.ConnectionReset);
        }
    }
}

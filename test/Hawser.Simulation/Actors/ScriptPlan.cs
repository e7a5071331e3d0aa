using Hawser.Base.Random;
using Hawser.Simulation.Scenarios;

namespace Hawser.Simulation.Actors;

/// <summary>Draws what actors do.</summary>
internal static class ScriptPlan
{
    private const int SecondUs = 1_000_000;

    public static PeerScript Client(Prng random, ActorMix mix)
    {
        long bytes = Size(random, mix);
        if (!mix.HasOddActors || random.NextChance(mix.PlainPercent, 100))
            return PlainClient(random, bytes);
        PeerScript script;
        switch (random.NextBelow(11))
        {
            case 0:
                script = PeerScript.New("slow reader") with { SendsBytes = bytes, Fin = FinPolicy.AfterSending };
                script.ReadChunk = 1 + (int)random.NextBelow(2000);
                script.ReadGapUs = 1000 + (int)random.NextBelow(100_000);
                return script;
            case 1:
                return PeerScript.New("never reads") with
                {
                    SendsBytes = bytes, ReadsAtMost = 0, Fin = Either(random), PatienceUs = Patience(random, 40),
                };
            case 2:
                return PeerScript.New("one byte at a time") with
                {
                    SendsBytes = 1 + random.NextBelow(60), SendChunk = 1, SendGapUs = 1 + (int)random.NextBelow(20_000),
                    Fin = FinPolicy.AfterSending,
                };
            case 3:
                return PeerScript.New("half-closes first") with { SendsBytes = bytes, Fin = FinPolicy.AfterSending };
            case 4:
                return PeerScript.New("resets midway") with
                {
                    SendsBytes = bytes, SendGapUs = (int)random.NextBelow(2000), SendChunk = 1 + (int)random.NextBelow(4000),
                    ResetsAfter = random.NextBelow((uint)bytes + 1), Fin = FinPolicy.AfterPeer,
                };
            case 5:
                return PeerScript.New("says nothing") with { Fin = FinPolicy.Never, PatienceUs = Patience(random, 60) };
            case 6:
                return PeerScript.New("leaves early") with
                {
                    SendsBytes = bytes, Fin = FinPolicy.AfterPeer, PatienceUs = 1 + (int)random.NextBelow(SecondUs / 2),
                };
            case 7:
                return PeerScript.New("gives up at once") with { Fin = FinPolicy.AfterSending };
            case 8:
                return PeerScript.New("waits for an answer") with
                {
                    SendsBytes = bytes, Fin = FinPolicy.AfterReceiving, WantsBytes = 1 + random.NextBelow(2000),
                    PatienceUs = Patience(random, 60),
                };
            case 9:
                return PeerScript.New("talks now and then") with
                {
                    SendsBytes = 2 + random.NextBelow(8), SendChunk = 1,
                    SendGapUs = SecondUs / 4 + (int)random.NextBelow(4 * SecondUs), Fin = FinPolicy.AfterSending,
                };
            default:
                return PeerScript.New("stays") with
                {
                    SendsBytes = bytes, Fin = FinPolicy.Never, PatienceUs = Patience(random, 90),
                };
        }
    }

    public static PeerScript Server(Prng random, ActorMix mix)
    {
        long bytes = Size(random, mix);
        if (!mix.HasOddActors || random.NextChance(mix.PlainPercent, 100))
            return PlainServer(random, bytes);
        PeerScript script;
        switch (random.NextBelow(9))
        {
            case 0:
                script = PeerScript.New("slow reader") with { SendsBytes = bytes, Fin = FinPolicy.AfterPeer };
                script.ReadChunk = 1 + (int)random.NextBelow(2000);
                script.ReadGapUs = 1000 + (int)random.NextBelow(100_000);
                return script;
            case 1:
                return PeerScript.New("never reads") with
                {
                    SendsBytes = bytes, ReadsAtMost = 0, Fin = Either(random), PatienceUs = Patience(random, 60),
                };
            case 2:
                return PeerScript.New("one byte at a time") with
                {
                    SendsBytes = 1 + random.NextBelow(60), SendChunk = 1, SendGapUs = 1 + (int)random.NextBelow(20_000),
                    ReadChunk = 1, Fin = FinPolicy.AfterPeer,
                };
            case 3:
                return PeerScript.New("half-closes first") with { SendsBytes = bytes, Fin = FinPolicy.AfterSending };
            case 4:
                return PeerScript.New("resets midway") with
                {
                    SendsBytes = bytes, SendGapUs = (int)random.NextBelow(2000), SendChunk = 1 + (int)random.NextBelow(4000),
                    ResetsAfter = random.NextBelow((uint)bytes + 1), Fin = FinPolicy.AfterPeer,
                };
            case 5:
                return PeerScript.New("accepts and stays silent") with { Fin = FinPolicy.Never, ReadsAtMost = long.MaxValue };
            case 6:
                return PeerScript.New("speaks late") with
                {
                    SendsBytes = bytes, StartsAfterUs = (int)random.NextBelow(8 * SecondUs), Fin = FinPolicy.AfterPeer,
                };
            case 7:
                return PeerScript.New("answers and closes") with
                {
                    SendsBytes = bytes, Fin = FinPolicy.AfterSending, PatienceUs = 1 + (int)random.NextBelow(SecondUs),
                };
            default:
                return PeerScript.New("talks now and then") with
                {
                    SendsBytes = 2 + random.NextBelow(8), SendChunk = 1,
                    SendGapUs = SecondUs / 4 + (int)random.NextBelow(4 * SecondUs), Fin = FinPolicy.AfterPeer,
                };
        }
    }

    public static PeerScript PlainClient(Prng random, long bytes) => PeerScript.New("plain") with
    {
        SendsBytes = bytes,
        SendChunk = random.NextChance(1, 4) ? 1 + (int)random.NextBelow(3000) : 256 * 1024,
        Fin = FinPolicy.AfterSending,
        IsPlain = true,
    };

    public static PeerScript PlainServer(Prng random, long bytes) => random.NextBelow(3) switch
    {
        0 => PeerScript.New("sink") with { Fin = FinPolicy.AfterPeer, IsPlain = true },
        1 => PeerScript.New("source") with { SendsBytes = bytes, Fin = FinPolicy.AfterSending, IsPlain = true },
        _ => PeerScript.New("echo") with { Echoes = true, Fin = FinPolicy.AfterPeer, IsPlain = true },
    };

    /// <summary>In mode http what goes wrong is a matter of each answer; here is only how fast it is read and written.</summary>
    public static PeerScript HttpServer(Prng random) => PeerScript.New("server") with
    {
        SendChunk = random.NextChance(1, 3) ? 1 + (int)random.NextBelow(700) : 256 * 1024,
        SendGapUs = random.NextChance(1, 4) ? 1 + (int)random.NextBelow(300) : 0,
        ReadChunk = random.NextChance(1, 8) ? 1 + (int)random.NextBelow(2000) : 64 * 1024,
        ReadGapUs = random.NextChance(1, 8) ? 1 + (int)random.NextBelow(20_000) : 0,
    };

    private static FinPolicy Either(Prng random) => random.NextChance(1, 2) ? FinPolicy.AfterSending : FinPolicy.Never;

    private static int Patience(Prng random, uint seconds) => SecondUs / 10 + (int)random.NextBelow(seconds * SecondUs);

    private static long Size(Prng random, ActorMix mix)
    {
        if (random.NextChance(mix.BulkPercent, 100))
            return random.NextBelow((uint)mix.BulkBytes) + 1;
        return random.NextBelow(16) switch
        {
            0 => 0,
            < 8 => 1 + random.NextBelow(100),
            < 14 => 1 + random.NextBelow(4000),
            _ => 1 + random.NextBelow(60_000),
        };
    }
}

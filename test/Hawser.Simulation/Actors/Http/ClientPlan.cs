using Hawser.Base.Random;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Actors.Http;

/// <summary>Draws what a client of mode http asks for, and how.</summary>
internal static class ClientPlan
{
    private const int SecondUs = 1_000_000;

    /// <summary>Numbers of requests that one client may use.</summary>
    private const int IdsPerClient = 64;

    private static readonly string[] s_methods = ["GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];

    /// <param name="isProbe">Behaves, whatever the run is like: it must be served.</param>
    public static HttpClient Draw(World world, int index, Prng random, ClientPopulation population, ExchangeBook book, bool isProbe)
    {
        HttpMix mix = book.Mix;
        bool isTidy = isProbe || !random.NextChance(mix.OddClientPercent, 100);
        PeerScript script = isTidy ? Tidy(random) : Odd(random);
        ClientHabits habits = new()
        {
            Pipelines = !isProbe && random.NextChance(mix.PipeliningPercent, 100),
            ThinkUs = random.NextChance(1, 3) ? (int)random.NextBelow(random.NextChance(1, 8) ? 8U * SecondUs : 100_000) : 0,
            ContinueUs = 1 + (int)random.NextBelow(SecondUs / 2),
            EndLateUs = random.NextChance(1, 8) ? 1 + (int)random.NextBelow(50_000) : 0,
            End = isProbe ? ClientEnd.Closes : mix.ServesAll ? (random.NextChance(1, 2) ? ClientEnd.Closes : ClientEnd.StaysIdle) : (ClientEnd)random.NextBelow(3),
            TunnelBytes = (int)Sizes.Draw(random, mix.BodyBytesMaximum),
        };
        HttpClient client = new(world, index, script, habits, population, book);
        uint count = 1 + random.NextBelow(mix.RequestsMaximum);
        bool isWild = !isProbe && random.NextChance(mix.WildPercent, 100);
        for (int i = 0; i < count; i++)
        {
            bool isLast = i == count - 1;
            client.Inquiries.Add(Inquiry(random, mix, client, index * IdsPerClient + i + 1, isLast, isProbe, isWild && isLast));
        }

        return client;
    }

    private static Inquiry Inquiry(Prng random, HttpMix mix, HttpClient client, int id, bool isLast, bool isProbe, bool isWild)
    {
        string method = s_methods[random.NextBelow((uint)s_methods.Length)];
        bool isTunnel = isLast && !isProbe && !isWild && random.NextChance(mix.TunnelPercent, 100);
        bool isConnect = isTunnel && random.NextChance(1, 2);
        bool isOld = !isTunnel && random.NextChance(1, 12);
        bool hasBody = !isTunnel && (method is "POST" or "PUT" || (method is "DELETE" or "OPTIONS" && random.NextChance(1, 4)));
        BodyEnding ending = !hasBody ? BodyEnding.None : !isOld && random.NextChance(2, 5) ? BodyEnding.Chunks : BodyEnding.Length;
        long bytes = hasBody ? Sizes.Draw(random, mix.BodyBytesMaximum) : 0;
        uint path = random.NextBelow((uint)mix.Paths.Length + 1);
        return new Inquiry
        {
            Id = id,
            Client = client,
            Method = isConnect ? "CONNECT" : isTunnel ? "GET" : method,
            Path = path == 0 || isProbe || isTunnel ? null : mix.Paths[path - 1],
            IsOldVersion = isOld,
            WantsClose = !isTunnel && isLast && random.NextChance(1, 4),
            ExpectsContinue = hasBody && !isOld && bytes > 0 && random.NextChance(1, 8),
            WantsTunnel = isTunnel,
            IsWild = isWild,
            Ending = ending,
            BodyBytes = bytes,
            HasTrailers = ending == BodyEnding.Chunks && random.NextChance(1, 4),
        };
    }

    /// <summary>Sends and reads as fast as it goes, in pieces of any size.</summary>
    private static PeerScript Tidy(Prng random) => PeerScript.New("tidy") with
    {
        SendChunk = random.NextChance(1, 3) ? 1 + (int)random.NextBelow(400) : 256 * 1024,
        SendGapUs = random.NextChance(1, 4) ? 1 + (int)random.NextBelow(300) : 0,
        IsPlain = true,
    };

    private static PeerScript Odd(Prng random)
    {
        switch (random.NextBelow(8))
        {
            case 0:
                return PeerScript.New("one byte at a time") with { SendChunk = 1, SendGapUs = 1 + (int)random.NextBelow(20_000) };
            case 1:
                return PeerScript.New("slow reader") with { ReadChunk = 1 + (int)random.NextBelow(2000), ReadGapUs = 1000 + (int)random.NextBelow(100_000) };
            case 2:
                return PeerScript.New("never reads") with { ReadsAtMost = 0, PatienceUs = SecondUs / 10 + (int)random.NextBelow(40U * SecondUs) };
            case 3:
                return PeerScript.New("resets midway") with { SendChunk = 1 + (int)random.NextBelow(400), ResetsAfter = 1 + random.NextBelow(2000) };
            case 4:
                return PeerScript.New("resets soon") with { SendChunk = 1 + (int)random.NextBelow(100), SendGapUs = 1 + (int)random.NextBelow(300), ResetsAfter = 1 + random.NextBelow(200) };
            case 5:
                return PeerScript.New("leaves early") with { PatienceUs = 1 + (int)random.NextBelow(SecondUs / 2) };
            case 6:
                return PeerScript.New("stops in the middle") with { StopsAfter = random.NextBelow(600), PatienceUs = SecondUs / 10 + (int)random.NextBelow(40U * SecondUs) };
            default:
                return PeerScript.New("hangs up in the middle") with { StopsAfter = random.NextBelow(600), FinsWhenStopped = true, PatienceUs = 60 * SecondUs };
        }
    }
}

using Hawser.Base.Random;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Actors.Http;

/// <summary>Draws what a server answers: from a stream of the request's own, so that it does not depend on who else is there.</summary>
internal static class AnswerPlan
{
    private const int SecondUs = 1_000_000;

    public static Execution Draw(ExchangeBook book, HttpServerPeer peer, Inquiry inquiry, MessageHead head)
    {
        World world = book.Network.World;
        Prng random = world.Stream(SeedUse.Answers, ((long)inquiry.Id << 8) + inquiry.Executions.Count);
        Execution execution = new()
        {
            Serial = book.NextSerial,
            Inquiry = inquiry,
            Server = peer.Server,
            Peer = peer,
            BeganUs = world.NowUs,
            Status = 200,
            Ending = BodyEnding.Length,
            BodyBytes = Sizes.Draw(random, book.Mix.BodyBytesMaximum),
            ChunkBytes = 1 + (int)random.NextBelow(random.NextChance(1, 3) ? 20U : 8000U),
            IsLast = head.SaysClose || head.IsOldVersion,
        };
        DrawKind(random, book.Mix, execution, isQuiet: world.IsQuiet);
        if (book.Mix.ServesAll)
            Plainly(execution, head);
        if (inquiry.WantsTunnel)
            DrawTunnel(random, execution);
        if (inquiry.ExpectsContinue && random.NextChance(3, 4))
            execution.InterimStatus = 100;
        else if (random.NextChance(1, 20) && !head.IsOldVersion)
            execution.InterimStatus = 103;
        if (!world.IsQuiet && random.NextChance(book.Mix.OddAnswerPercent, 100))
            DrawTrouble(random, execution);
        return execution;
    }

    private static void DrawKind(Prng random, HttpMix mix, Execution execution, bool isQuiet)
    {
        if (!isQuiet && random.NextChance(1, 4) && mix.Statuses.Length > 0)
            execution.Status = mix.Statuses[random.NextBelow((uint)mix.Statuses.Length)];
        switch (random.NextBelow(10))
        {
            case < 4:
                execution.Ending = BodyEnding.Chunks;
                execution.HasTrailers = random.NextChance(1, 4);
                break;
            case 4 when !isQuiet:
                execution.Ending = BodyEnding.Close;
                execution.IsLast = true;
                execution.IsOldVersion = random.NextChance(1, 2);
                break;
            case 5:
                execution.IsOldVersion = true;
                execution.IsLast |= random.NextChance(1, 2);
                break;
        }

        if (execution.Status is 204 or 304)
            execution.BodyBytes = 0;
        if (execution.Status is 204 or 304 || execution.Inquiry.IsHeadOnly)
            execution.HasTrailers = false;
        execution.IsLast |= random.NextChance(1, 12);
        if (!execution.IsLast && random.NextChance(1, 6) && !isQuiet)
            execution.IdleUs = 1 + (int)random.NextBelow(random.NextChance(1, 2) ? 2000U : 3 * SecondUs);
    }

    /// <summary>Without what costs the client its connection, and requests that it has sent ahead.</summary>
    private static void Plainly(Execution execution, MessageHead head)
    {
        execution.IdleUs = 0;
        if (execution.Ending == BodyEnding.Close || head.IsOldVersion)
            (execution.Ending, execution.HasTrailers) = (BodyEnding.Length, false);
    }

    private static void DrawTunnel(Prng random, Execution execution)
    {
        // Refused: a 2xx would be an agreement to CONNECT, whatever is in it.
        if (!random.NextChance(4, 5))
        {
            execution.Status = 403;
            return;
        }

        execution.Status = execution.Inquiry.Method == "CONNECT" ? 200 : 101;
        execution.Ending = BodyEnding.Tunnel;
        execution.BodyBytes = 0;
        execution.HasTrailers = false;
        execution.IsOldVersion = false;
        execution.IsLast = false;
    }

    private static void DrawTrouble(Prng random, Execution execution)
    {
        execution.EndsWithReset = random.NextChance(1, 3);
        switch (random.NextBelow(10))
        {
            case 0 or 1:
                execution.DelayUs = (int)random.NextBelow(6 * SecondUs);
                break;
            case 2:
                execution.IsEarly = true;
                break;
            case 3:
                execution.IsEarly = true;
                execution.IsLast = true;
                break;
            case 4 when IsBodied(execution):
                execution.Trouble = AnswerTrouble.Truncated;
                break;
            case 5 when IsBodied(execution):
                execution.Trouble = AnswerTrouble.Stalls;
                break;
            case 6 when execution.Ending == BodyEnding.Chunks && IsBodied(execution):
                execution.Trouble = AnswerTrouble.BrokenChunks;
                break;
            case 6:
                execution.Trouble = AnswerTrouble.Junk;
                break;
            case 7:
                execution.Trouble = AnswerTrouble.NoWord;
                break;
            case 8:
                execution.Trouble = AnswerTrouble.Silence;
                break;
            case 9 when execution is { Ending: BodyEnding.Length or BodyEnding.Chunks }:
                execution.Trouble = AnswerTrouble.Excess;
                // Longer than what is read along with a head: then what comes behind it is not seen by the way.
                if (IsBodied(execution) && random.NextChance(1, 2))
                    execution.BodyBytes = 16_000 + random.NextBelow(8000);
                break;
        }
    }

    /// <summary>There is a body that can stop in the middle.</summary>
    private static bool IsBodied(Execution execution) =>
        execution is { BodyBytes: > 0, Ending: BodyEnding.Length or BodyEnding.Chunks or BodyEnding.Close } && !execution.Inquiry.IsHeadOnly;
}

/// <summary>Draws sizes of bodies.</summary>
internal static class Sizes
{
    public static long Draw(Prng random, uint maximum) => random.NextBelow(16) switch
    {
        0 => 0,
        < 9 => 1 + random.NextBelow(200),
        < 14 => 1 + random.NextBelow(4000),
        _ => 1 + random.NextBelow(maximum),
    };
}

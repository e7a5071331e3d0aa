using System;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Invariants;

/// <summary>The two letters of a request's log line say what really happened (manual, section 8.5).</summary>
internal static class RequestTermination
{
    public static void Check(in RequestFacts facts, TroubleBook trouble, HttpMix mix)
    {
        bool isBlamed = facts.Line is { Cause: 'S' or 's', Phase: 'D' };
        if (isBlamed && facts is { Inquiry.IsAnswered: true, Answer: { IsWhole: true, IsRequestWhole: true, Ending: not (BodyEnding.Tunnel or BodyEnding.Close) } })
            facts.Fail(InvariantNames.Termination, "the client has the whole answer, and its server is blamed");
        else if (!IsTrue(facts, trouble, mix, out string wanted))
            facts.Fail(InvariantNames.Termination, $"{facts.Line.Cause}{facts.Line.Phase} means that {wanted}");
    }

    private static bool IsTrue(in RequestFacts facts, TroubleBook trouble, HttpMix mix, out string wanted)
    {
        RequestLine line = facts.Line;
        TcpEnd client = facts.ClientEnd;
        Inquiry? inquiry = facts.Inquiry;
        TimeoutBook timeouts = facts.Timeouts;
        switch (line.Cause)
        {
            case '-':
                wanted = "the request was answered by a server";
                return facts.Answer is not null;
            case 'C':
                wanted = "the client has closed or broken its connection";
                return client.IsDead || client.In.FinArrived;
            case 'c':
                wanted = "the client was silent, or took nothing, for the whole of its timeout";
                long leastMs = inquiry?.Path is { BodyMs: > 0 } waited ? waited.BodyMs : timeouts.RequestLeastMs;
                return Elapsed(facts, line.Phase == 'R' ? client.AcceptedUs : Silence(client), leastMs, trouble);
            case 'L':
                wanted = "the proxy was to answer by itself";
                return inquiry?.Path is { OwnStatus: > 0 };
            case 'P' when line.Phase is 'R' or 'T':
                wanted = "a rule refuses it, or it is no request";
                return inquiry?.Path is { OwnStatus: > 0 };
            case 'P':
                wanted = "what a server said, or a client sent, is not in order";
                return inquiry?.Executions is { Count: > 0 } executions && executions[^1].Trouble is AnswerTrouble.Junk or AnswerTrouble.BrokenChunks or AnswerTrouble.Excess
                    || facts.Client.IsWild
                    // A head that is cut is not in order.
                    || (line.Phase == 'H' && facts.Server is { } cut && (cut.IsDead || cut.In.FinArrived));
            case 'S' when line.Phase is 'C' or 'Q':
                wanted = "there was no server, or none that could be connected to";
                return line.Phase == 'Q' ? trouble.LimitsQueues(line.Backend, line.Server)
                    : trouble.LastServerTroubleUs >= client.OpenedUs || trouble.HadNoServer(line.Backend, client.OpenedUs) || facts.Server is { IsDead: true };
            case 'S':
                wanted = "the server closed or broke its connection before its answer was whole";
                // One that broke before it was written anything is in nobody's book, and its port is forgotten when it is closed.
                return facts.Server is { } server ? server.IsDead || server.In.FinArrived : trouble.LastServerTroubleUs >= client.OpenedUs;
            case 's' when line.Phase == 'C':
                wanted = "the server did not accept in time";
                return Elapsed(facts, client.OpenedUs, timeouts.ConnectMs, trouble);
            case 's' when line.Phase == 'Q':
                wanted = "no slot became free in time";
                return Elapsed(facts, client.OpenedUs, timeouts.QueueMs, trouble);
            case 's':
                wanted = "the server was silent, or took nothing, for the whole of its timeout";
                long patienceMs = mix.ResponseBodyMs > 0 ? mix.ResponseBodyMs : timeouts.ServerLeastMs;
                long sentUs = inquiry?.Executions is { Count: > 0 } sent ? sent[^1].BeganUs : long.MaxValue;
                // One that took nothing is in nobody's book either.
                return Elapsed(facts, facts.Server is { } silent ? Math.Min(Silence(silent), sentUs) : client.AcceptedUs, patienceMs, trouble);
            case 'R':
                wanted = "the kernel refused a descriptor, a port or memory";
                return trouble.LastShortageUs >= client.OpenedUs;
            case 'D' or 'U':
                wanted = "the server's state changed, and its sessions were to end with that";
                return trouble.KillsSessions(line.Backend, line.Server);
            case 'K':
                wanted = "the process was stopped at once";
                return trouble.WasHardStopped;
            default:
                wanted = "nothing that can happen here";
                return false;
        }
    }

    private static long Silence(TcpEnd end) => end.WantsRoom ? Math.Min(end.LastReadUs, end.LastWriteUs) : end.LastReadUs;

    private static bool Elapsed(in RequestFacts facts, long sinceUs, long timeoutMs, TroubleBook trouble) =>
        facts.NowUs - sinceUs >= timeoutMs * 1000 - 2000 - trouble.LongestTurnUs;
}

using System;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Invariants;

/// <summary>The two letters of a session's log line say what really happened (manual, section 8.5).</summary>
internal static class TerminationInvariant
{
    /// <param name="trouble">What the backend's servers and the kernel did meanwhile.</param>
    public static void Check(in SessionFacts facts, TroubleBook trouble)
    {
        SessionLine line = facts.Line;
        if (!IsTrue(facts, trouble, out string wanted))
            facts.Fail(InvariantNames.Termination, $"{line.Cause}{line.Phase} means that {wanted}");
    }

    private static bool IsTrue(in SessionFacts facts, TroubleBook trouble, out string wanted)
    {
        TcpEnd client = facts.Client;
        TcpEnd? server = facts.Server;
        TimeoutBook timeouts = facts.Timeouts;
        SessionLine line = facts.Line;
        long beganUs = client.OpenedUs;
        switch (line.Cause, line.Phase)
        {
            case ('-', '-'):
                wanted = "both sides finished";
                return client.In.FinArrived && server is not null && (server.In.FinArrived || timeouts.HasNoLinger);
            case ('C', 'D'):
                wanted = "the client's connection broke";
                return client.IsDead;
            case ('C', 'C' or 'Q'):
                wanted = "the client left before there was a server";
                return client.In.FinArrived && line.RequestIn == line.RequestOut;
            case ('c', 'D'):
                wanted = "the client was silent, or took nothing, for the whole of its timeout";
                return Elapsed(facts, Silence(client, timeouts), timeouts.ClientLeastMs, trouble);
            case ('c', 'C' or 'Q'):
                wanted = "the client was silent for the whole of its timeout";
                return Elapsed(facts, client.LastReadUs, Math.Min(timeouts.ClientAloneMs, timeouts.ClientLeastMs), trouble);
            case ('S', 'D'):
                wanted = "the server's connection broke";
                return server is { IsDead: true };
            case ('S', 'C'):
                wanted = "the server could not be connected to, or there was none";
                return trouble.LastServerTroubleUs >= beganUs || trouble.HasNoServer(line.Backend)
                    || server is { IsDead: true };
            case ('S', 'Q'):
                wanted = "the queue was full";
                return trouble.LimitsQueues(line.Backend, line.Server);
            case ('s', 'D'):
                wanted = "the server was silent, or took nothing, for the whole of its timeout";
                return server is not null
                    && Elapsed(facts, Silence(server, timeouts), timeouts.ServerLeastMs, trouble);
            case ('s', 'C'):
                wanted = "the server did not answer in time";
                return Elapsed(facts, beganUs, timeouts.ConnectMs, trouble);
            case ('s', 'Q'):
                wanted = "no slot became free in time";
                return Elapsed(facts, beganUs, timeouts.QueueMs, trouble);
            case ('R', 'C'):
                wanted = "the kernel refused a descriptor, a port or memory";
                return trouble.LastShortageUs >= beganUs;
            case ('D' or 'U', 'C'):
                wanted = "the server's state changed, and its sessions were to end with that";
                return trouble.KillsSessions(line.Backend, line.Server);
            case ('K', 'C'):
                wanted = "the process was stopped at once";
                return trouble.WasHardStopped;
            default:
                wanted = "nothing that can happen here";
                return false;
        }
    }

    /// <summary>Since when the side has said nothing; or taken nothing, when something was waiting to be sent to it.</summary>
    private static long Silence(TcpEnd end, TimeoutBook timeouts)
    {
        if (timeouts.Drains)
            return end.OpenedUs;
        return end.WantsRoom ? Math.Min(end.LastReadUs, end.LastWriteUs) : end.LastReadUs;
    }

    private static bool Elapsed(in SessionFacts facts, long sinceUs, long timeoutMs, TroubleBook trouble) =>
        facts.NowUs - sinceUs >= timeoutMs * 1000 - 2000 - trouble.LongestTurnUs;
}

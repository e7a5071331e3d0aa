using System;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Invariants;

/// <summary>The two letters of a session's log line say what really happened (manual, section 8.5).</summary>
internal static class TerminationInvariant
{
    /// <summary>Bytes that come while a timer fires are nobody's fault.</summary>
    private const long UnreadUs = 1_000_000;

    /// <summary>A stall explains whatever was not read then.</summary>
    private const long LongAgoUs = 60_000_000;

    /// <param name="trouble">What the backend's servers and the kernel did meanwhile.</param>
    public static void Check(in SessionFacts facts, TroubleBook trouble)
    {
        SessionLine line = facts.Line;
        if (line.Phase == 'D' && facts.Server is { } server)
        {
            if (line.Cause == 'c')
                CheckHeard(facts, facts.Client, server, trouble);
            else if (line.Cause == 's')
                CheckHeard(facts, server, facts.Client, trouble);
        }

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
                return trouble.LastServerTroubleUs >= beganUs || trouble.HadNoServer(line.Backend, beganUs)
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

    /// <summary>
    /// Who is called silent has not said something long ago that could have been read: it was not held up by what the
    /// other side did not take, nor by a stall.
    /// </summary>
    private static void CheckHeard(in SessionFacts facts, TcpEnd silent, TcpEnd other, TroubleBook trouble)
    {
        // While draining it has been called so before.
        if (silent.UnreadForUs <= UnreadUs || facts.Timeouts.Drains || silent.WantsRoom || other.WantsRoom
            || facts.NowUs - other.LastWriteUs < silent.UnreadForUs || facts.NowUs - trouble.LastStallUs < LongAgoUs)
        {
            return;
        }

        facts.Fail(InvariantNames.Termination, $"bytes of the silent side had lain unread for {silent.UnreadForUs / 1000} ms");
    }

    private static bool Elapsed(in SessionFacts facts, long sinceUs, long timeoutMs, TroubleBook trouble) =>
        facts.NowUs - sinceUs >= timeoutMs * 1000 - 2000 - trouble.LongestTurnUs;
}

using System.Globalization;
using System.Linq;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Actors.Http;

/// <summary>How clients and servers of a run in mode http behave. Percentages are of requests unless said otherwise.</summary>
internal sealed record HttpMix
{
    /// <summary>Requests of one client at most.</summary>
    public uint RequestsMaximum { get; init; } = 6;

    /// <summary>The longest body, in bytes.</summary>
    public uint BodyBytesMaximum { get; init; } = 20_000;

    /// <summary>Of the clients, those who send all their requests at once.</summary>
    public uint PipeliningPercent { get; init; } = 15;

    /// <summary>Of the clients, those who send something that is no request, or not quite one.</summary>
    public uint WildPercent { get; init; } = 5;

    /// <summary>Of the clients, those who stop, leave, reset, dawdle.</summary>
    public uint OddClientPercent { get; init; } = 25;

    public uint TunnelPercent { get; init; } = 3;

    /// <summary>Of the servers' answers, those that are slow, short, wrong, early or none.</summary>
    public uint OddAnswerPercent { get; init; } = 20;

    /// <summary>Statuses that a server answers with, beside 200.</summary>
    public int[] Statuses { get; init; } = [404, 204, 304, 500, 503, 401];

    /// <summary>"retry-on" of all backends together; <see cref="RetriesMaximum"/> is their largest "retries".</summary>
    public string[] RetryOn { get; init; } = [];

    public int RetriesMaximum { get; init; } = 3;

    /// <summary>
    /// Nobody leaves before the answer, and no server closes a connection that waits: every request must be answered by a
    /// server.
    /// </summary>
    public bool ServesAll { get; init; }

    /// <summary>The least time that a rule waits for a response's body; 0: no rule does.</summary>
    public int ResponseBodyMs { get; init; }

    /// <summary>First parts of paths that mean something to the configuration; each as often as none of them.</summary>
    public HttpPath[] Paths { get; init; } = [];

    /// <summary>One request of five is under "disable-l7-retry".</summary>
    public bool HasOnlyOnce { get; init; }

    /// <summary>A request that a server has failed in this way may go to a server again.</summary>
    public bool MayRetry(Execution failed)
    {
        if (RefusesRetries(failed.Inquiry))
            return false;
        TcpEnd server = failed.Peer.End;
        bool isOver = server.IsClosed || server.IsDead || server.Out.FinWritten || server.Connection.IsBrokenByLink;
        return (isOver && RetryOn.Contains("empty-response"))
            // Chunks that are broken where their head is read are junk as well: nothing of them has reached the client.
            || (failed.Trouble is AnswerTrouble.Junk or AnswerTrouble.BrokenChunks && RetryOn.Contains("junk-response"))
            || (failed.Peer.World.NowUs - failed.BeganUs >= LeastTimeoutUs && RetryOn.Contains("response-timeout"))
            || (failed.IsBegun && RetryOn.Contains(failed.Status.ToString(CultureInfo.InvariantCulture)));
    }

    private bool RefusesRetries(Inquiry inquiry) => HasOnlyOnce && inquiry.Id % 5 == 0;

    /// <summary>No scenario gives a server less.</summary>
    private const long LeastTimeoutUs = 450_000;
}

/// <summary>A path that rules of the configuration treat in a way of its own.</summary>
/// <param name="Prefix">With its slash.</param>
/// <param name="OwnStatus">What the proxy answers by itself, without a server; 0: nothing special.</param>
/// <param name="BodyMs">How long a rule waits for the body; 0: no rule does.</param>
internal sealed record HttpPath(string Prefix, int OwnStatus, int BodyMs = 0);

using System.Collections.Generic;
using Hawser.Io.Loop;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// Something inside this process that answers requests: the statistics page, the exporter of metrics. It lives above the
/// data plane and is reached through this class only. Immutable, shared by all loops.
/// </summary>
/// <param name="logName">In the place of a server's name in log lines, such as <c>&lt;STATS&gt;</c>; UTF-8.</param>
public abstract class HttpService(byte[] logName)
{
    public byte[] LogName => logName;

    /// <summary>The body of a POST is wanted before the answer begins.</summary>
    public virtual bool WantsBody => false;

    /// <summary>Begins an answer; on the control loop, where states of servers may be read and changed.</summary>
    public abstract ServiceWork Answer(ServiceRequest request, EventLoop loop);
}

/// <summary>What a service is asked. Its texts are Latin 1: a byte, a character.</summary>
/// <param name="IsPost">Otherwise "GET", "HEAD" or, for services that rules name, any method.</param>
/// <param name="Target">As rules have left it: from the path on.</param>
/// <param name="Body">As much as a buffer took.</param>
/// <param name="IsBodyWhole">False: there is more than a buffer takes.</param>
/// <param name="IsAdmin">The client may change something.</param>
public sealed record ServiceRequest(bool IsPost, string Target, string Body, bool IsBodyWhole, bool IsAdmin);

/// <summary>What a service does between two pieces of its answer.</summary>
/// <param name="Milliseconds">0: it goes on when there is room; otherwise that much later.</param>
/// <param name="EndsTurn">It has done enough for one turn of the loop, and goes on in the next.</param>
public readonly record struct ServicePause(int Milliseconds, bool EndsTurn = false)
{
    public static readonly ServicePause NextTurn = new(0, EndsTurn: true);
}

/// <summary>
/// One answer in the making. Everything of it runs on the control loop, a buffer at a time: what a turn of that loop makes
/// is bounded, and the next piece is made when the client has taken the last one.
/// </summary>
public abstract class ServiceWork
{
    public int Status { get; init; } = 200;

    /// <summary>Empty: that of the status.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Besides those that say how long the body is.</summary>
    public IReadOnlyList<ServiceField> Fields { get; init; } = [];

    /// <summary>The client's connection ends after it.</summary>
    public bool Closes { get; init; }

    /// <summary>Bytes of the body, when they are known; -1: sent in chunks.</summary>
    public int LengthBytes { get; init; } = -1;

    /// <summary>It goes on until the client leaves: one that closes its side has left.</summary>
    public bool IsEndless { get; init; }

    /// <summary>Writes some of the body, at most a line or a row of a table, and pauses.</summary>
    public abstract IEnumerator<ServicePause> Write(ServiceBuffer output);
}

/// <summary>A header field, its name in lower case; both Latin 1.</summary>
public readonly record struct ServiceField(string Name, string Value);

using System;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Buffers;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Within step 6 in mode http: "retry-on" sends a request again that a server took and did not answer, or not as hoped
/// (manual, "retry-on"). Only a request that was whole when it was sent is kept for that.
/// </summary>
internal static unsafe class RequestRetry
{
    /// <summary>Keeps what is about to be sent, where a failure of the server may want it again.</summary>
    /// <param name="length">Of the request as written, in the scratch block.</param>
    public static void Keep(Session session, int length)
    {
        HttpExchange http = session.Http!;
        bool isWanted = (session.BackendHttp!.RetryOn & ~RetryConditions.ConnectionFailure) != 0;
        if (!isWanted || !http.RequestBody.IsDone || http.IsRetryDisabled) return;
        BufferPool buffers = session.Loop.Buffers;
        if (length > buffers.BlockBytes) return;
        // Without a block for it the request goes out all the same, once.
        http.Kept = buffers.Lease();
        if (http.Kept == null) return;
        Buffer.MemoryCopy(buffers.Scratch, http.Kept, length, length);
        http.KeptBytes = length;
    }

    /// <summary>Gives the block back.</summary>
    public static void Forget(Session session, HttpExchange http)
    {
        if (http.Kept != null) session.Loop.Buffers.Return(http.Kept);
        http.Kept = null;
        http.KeptBytes = 0;
    }

    /// <summary>Whether the request goes to a server once more; then the session's next phase.</summary>
    public static bool TryAgain(Session session, RetryConditions why, out SessionPhase next)
    {
        HttpExchange http = session.Http!;
        next = session.Phase;
        bool isPossible = (session.BackendHttp!.RetryOn & why) != 0 && http.Kept != null && !http.IsResponseHeadSent
            && session.RetriesLeft > 0 && !session.IsAborted;
        if (!isPossible) return false;
        Server failed = session.Target!;
        ServerReuse.DropAttached(session);
        FinishStep.ReleaseSlot(session);
        Channel response = session.Response;
        response.DropBlock(session.Loop.Buffers);
        response.Reset();
        http.IsResponseHeadBegun = false;
        http.IsResponseHeadComplete = false;
        http.Log.Status = -1;
        http.ResponseHeadBytes = 0;
        http.IsServerReused = false;
        http.IsResendDue = true;
        session.ConnectedAt = Instant.Never;
        next = ConnectStep.Again(session, failed);
        return true;
    }

    /// <summary>The condition that a status is; None for those that nobody can name.</summary>
    public static RetryConditions OfStatus(int status) => status switch
    {
        401 => RetryConditions.Status401,
        403 => RetryConditions.Status403,
        404 => RetryConditions.Status404,
        408 => RetryConditions.Status408,
        421 => RetryConditions.Status421,
        425 => RetryConditions.Status425,
        429 => RetryConditions.Status429,
        500 => RetryConditions.Status500,
        501 => RetryConditions.Status501,
        502 => RetryConditions.Status502,
        503 => RetryConditions.Status503,
        504 => RetryConditions.Status504,
        _ => RetryConditions.None,
    };

    /// <summary>Sends the kept request; what the channel holds of the next one stays.</summary>
    public static bool TryResend(Session session)
    {
        HttpExchange http = session.Http!;
        http.IsResendDue = false;
        Channel request = session.Request;
        byte* scratch = session.Loop.Buffers.Scratch;
        int held = request.Held;
        Buffer.MemoryCopy(http.Kept, scratch, http.KeptBytes, http.KeptBytes);
        if (held > 0) Buffer.MemoryCopy(request.BlockData + request.SendLength, scratch + http.KeptBytes, held, held);
        // What the failed server did not take is not sent twice.
        request.Rewritten += http.KeptBytes - request.SendLength;
        return HeadSender.TrySend(session.Loop, request, http.KeptBytes, held, session.ServerSide, moreFollows: false);
    }
}

using System;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;

namespace Hawser.Proxy.Streams.Http;

/// <summary>A server's response that rules have answered with something else.</summary>
internal static unsafe class DiscardedResponse
{
    /// <summary>
    /// What has come of it counts as received; when that is all of it and nothing else, its connection may serve another
    /// request. Does nothing where there is none, or where it is on its way to the client.
    /// </summary>
    public static void Take(Session session)
    {
        HttpExchange http = session.Http!;
        if (!http.IsResponseHeadComplete || http.IsResponseHeadSent || http.IsResponseDiscarded) return;
        http.IsResponseDiscarded = true;
        HttpMessage response = http.Response;
        Span<byte> behind = new(response.Block + response.HeadBytes, session.Response.Held - response.HeadBytes);
        if (http.ResponseBody.Pass(behind, out int taken, out _) == BodyStep.Invalid) return;
        if (http.ResponseBody.TryEndPlainly(behind[taken..])) taken += 2;
        http.IsDiscardedWhole = http.ResponseBody.IsDone && taken == behind.Length;
    }
}

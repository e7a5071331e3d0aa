using Hawser.Expressions.Samples;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Steps;

namespace Hawser.Proxy.Streams.Rules;

/// <summary>Points a loop's sample source at a session, before rules look at it.</summary>
internal static unsafe class RuleSource
{
    /// <param name="session">Whose facts the samples are.</param>
    /// <param name="isFinal">More data will not be waited for.</param>
    public static SessionLogSource Of(Session session, bool isFinal)
    {
        ProxyLoop home = session.Home;
        SessionLogSource source = home.Samples;
        LocalAddress.Learn(session.ClientSide, session.Loop, session.Source.UnixId);
        session.Variables ??= new SessionVariables(home.Process.Variables);
        SessionRecord record = home.Record;
        record.Reset();
        SessionLog.Fill(session, record);
        source.Record = record;
        source.LineTime = session.Loop.WallClock;
        source.IsFinal = isFinal;
        HttpExchange? http = session.Http;
        source.RequestMessage = http is { IsRequestHeadComplete: true, IsRequestHeadSent: false } ? http.Request : null;
        source.ResponseMessage = http is { IsResponseHeadSent: false } && (http.IsResponseHeadComplete || http.IsAnswered) ? http.Response : null;
        source.SetRequest(session.Request.BlockData, session.Request.BlockLength);
        source.SetResponse(session.Response.BlockData, session.Response.BlockLength);
        return source;
    }
}

using System;
using Hawser.Base.Time;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Connections;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>A session's one log line, written when its proxy's format has all it needs (manual, section 8.2).</summary>
internal static class SessionLog
{
    /// <summary>The step has come; logs if it is the proxy's only one.</summary>
    public static void At(Session session, LogStep step)
    {
        ProxyLogging logging = session.Frontend.Logging;
        if (logging.Steps != 0 || logging.Step != step || logging.Targets.IsEmpty)
            return;
        LearnAddresses(session);
        Write(session, OriginOf(step));
        session.IsLogged = true;
    }

    /// <summary>The step has come; logs if it is one of those of "log-steps".</summary>
    public static void AtStep(Session session, LogStep step)
    {
        if (!session.Frontend.Logging.HasStep(step))
            return;
        LearnAddresses(session);
        Write(session, OriginOf(step));
    }

    private static LogOrigin OriginOf(LogStep step) => step switch
    {
        LogStep.Accept => LogOrigin.Accept,
        LogStep.Request => LogOrigin.Request,
        LogStep.Connect => LogOrigin.Connect,
        LogStep.Response => LogOrigin.Response,
        _ => LogOrigin.Close,
    };

    /// <summary>While the connections are open: what only the kernel knows, when the line shows it.</summary>
    public static void LearnAddresses(Session session)
    {
        if (session.IsLogged)
            return;
        if (session.Frontend.Logging.ShowsTcpFacts)
            session.Home.Record.LearnTcpFacts(session);
        if (!session.Frontend.Logging.ShowsLocalAddresses)
            return;
        LocalAddress.Learn(session.ClientSide, session.Loop, session.Source.UnixId);
        LocalAddress.Learn(session.ServerSide, session.Loop);
    }

    /// <summary>A session that ended before its step, or whose step is the end.</summary>
    public static void AtEnd(Session session)
    {
        ProxyLogging logging = session.Frontend.Logging;
        if (session.IsLogged || logging.Targets.IsEmpty)
            return;
        if (session.HandshakeError != HandshakeError.None)
        {
            if (!logging.DontLogNull || session.HandshakeError is not (HandshakeError.Closed or HandshakeError.Failed))
                WriteHandshakeError(session, logging);
            return;
        }

        if (logging.DontLogNull && session.Request.BytesIn == 0)
            return;
        bool isError = session.Http is { IsRequestHeadComplete: false };
        if (isError || logging.Steps == 0 || logging.HasStep(LogStep.Close))
            Write(session, isError ? LogOrigin.SessionError : LogOrigin.Close);
        session.IsLogged = true;
    }

    private static void Write(Session session, LogOrigin origin)
    {
        SessionRecord record = session.Home.Record;
        record.Reset();
        Fill(session, record);
        record.Origin = origin;
        record.IsLogAsap = session.Frontend.Logging.MarksUnfinished;
        if (session.Home.Logger.LogSession(session.Frontend.Logging, record))
            session.Frontend.CountLogLine();
    }

    private static void WriteHandshakeError(Session session, ProxyLogging logging)
    {
        session.IsLogged = true;
        SessionRecord record = session.Home.Record;
        record.Reset();
        Fill(session, record);
        record.Origin = LogOrigin.SessionKilled;
        record.ListenerName = session.Source.Name;
        ReadOnlySpan<byte> message = session.HandshakeError switch
        {
            HandshakeError.TimedOut => "Timeout while waiting for PROXY protocol header"u8,
            HandshakeError.Closed => "Connection closed while waiting for PROXY protocol header"u8,
            HandshakeError.Failed => "Connection error while waiting for PROXY protocol header"u8,
            HandshakeError.Truncated => "Truncated PROXY protocol header received"u8,
            HandshakeError.InvalidHeader => "Received an invalid PROXY protocol header"u8,
            HandshakeError.UnhandledProtocol => "Received an unhandled protocol in the PROXY protocol header"u8,
            _ => "Received something which does not look like a PROXY protocol header"u8,
        };
        session.Home.Logger.LogConnectionError(logging, record, message);
    }

    internal static void Fill(Session session, SessionRecord record)
    {
        record.Session = session;
        EventLoop loop = session.Loop;
        Connection client = session.ClientSide;
        Connection server = session.ServerSide;
        record.Client = client.Peer;
        record.FrontendAddress = client.Local;
        record.BackendSource = server.Local;
        record.ServerAddress = server.Peer;
        record.AcceptDate = session.AcceptDate;

        record.HandshakeMs = Since(session.AcceptedAt, session.HandshakeDoneAt);
        record.QueueMs = Since(session.AcceptedAt, session.SlotAt);
        record.ConnectMs = session.ConnectedAt.IsNever ? -1 : (session.ConnectedAt - session.SlotAt).Value;
        record.TotalMs = (loop.Now - session.AcceptedAt).Value;
        record.DataMs = session.ConnectedAt.IsNever ? -1 : (loop.Now - session.ConnectedAt).Value;
        record.UserMs = record.TotalMs;

        record.RequestBytesIn = session.Request.BytesIn;
        record.RequestBytesOut = session.Request.BytesOut;
        record.ResponseBytesIn = session.Response.BytesIn;
        record.ResponseBytesOut = session.Response.BytesOut;
        if (session.Http is { } http)
            FillHttp(session, record, http);
        record.RequestBytesLost = session.RequestLoss.Lost;
        record.ResponseBytesLost = session.ResponseLoss.Lost;
        record.RequestBytesUnconfirmed = session.RequestLoss.Unconfirmed;
        record.ResponseBytesUnconfirmed = session.ResponseLoss.Unconfirmed;

        record.FrontendName = session.Frontend.NameBytes;
        record.FrontendTransportName = session.Frontend.NameBytes;
        record.BackendName = session.Backend?.NameBytes ?? session.Frontend.NameBytes;
        if (session.Target is { } target)
            record.ServerName = target.NameBytes;

        record.TerminationCause = (byte)session.Cause;
        record.TerminationPhase = (byte)session.CausePhase;
        record.IsAbnormal = session.Cause != TerminationCause.None || session.Retries > 0;
        record.ActiveConnections = session.Home.Process.ActiveSessions;
        record.FrontendConnections = session.Frontend.ActiveSessions;
        record.BackendConnections = session.Backend?.ActiveSessions ?? 0;
        record.ServerConnections = session.ServerConnectionsLeft ?? session.Target?.ActiveSessions ?? 0;
        record.Retries = session.Retries;
        record.IsRedispatched = session.IsRedispatched;
        record.ServerQueue = session.ServerQueueSeen;
        record.BackendQueue = session.BackendQueueSeen;
        record.LogCounter = session.Frontend.LogLines;
        record.RequestCounter = session.Number;
        record.Variables = session.FindVariables;
        // A request that never was one has no captures, rather than empty ones.
        bool hasRequest = session.Http is not { IsRequestHeadComplete: false };
        record.RequestCaptures = hasRequest && session.RequestCaptures.Count > 0 ? session.RequestCaptures : null;
        record.ResponseCaptures = hasRequest && session.ResponseCaptures.Count > 0 ? session.ResponseCaptures : null;
        record.ClientDescriptor = client.Descriptor;
        record.ServerDescriptor = server.Descriptor;
        record.IsSilent = session.LogLevel == Session.Silent;
        if (session.LogLevel is >= 0 and var level)
            record.Level = (SyslogLevel)level;
    }

    private static void FillHttp(Session session, SessionLogRecord record, HttpExchange http)
    {
        record.Http = http.Log;
        if (http.ServiceName is { } name)
            record.ServerName = name;
        record.UserMs = record.TotalMs - http.Log.IdleMs;
        record.RequestBytesIn = http.RequestHeadBytes + http.RequestBody.AccountedBytes;
        record.ResponseBytesIn = http.ResponseHeadBytes + http.ResponseBody.AccountedBytes;
        if (http.IsTunnel)
        {
            record.RequestBytesIn += session.Request.BytesIn - http.TunnelRequestAt;
            record.ResponseBytesIn += session.Response.BytesIn - http.TunnelResponseAt;
        }

        Instant began = session.ConnectedAt.IsNever ? session.RequestHeadAt : session.ConnectedAt;
        record.DataMs = http.Log.ResponseMs < 0 ? SessionLogRecord.NotReached : (session.Loop.Now - began).Value - http.Log.ResponseMs;
        record.QueueMs = Since(session.RequestHeadAt, session.SlotAt);
        if (record.HandshakeMs < 0) record.HandshakeMs = 0;
        record.IsAbnormal |= http.Log.Status >= 500;
    }

    private static long Since(Instant start, Instant end) => end.IsNever ? -1 : (end - start).Value;
}

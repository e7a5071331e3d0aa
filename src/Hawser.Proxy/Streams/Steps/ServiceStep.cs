using System;
using System.Text;
using Hawser.Base.Time;
using Hawser.Expressions.Acls;
using Hawser.Protocols.Http;
using Hawser.Protocols.Http1;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Steps;

/// <summary>
/// Step 6 in mode http when a service answers: hands the request over, waits for the answer's head, and brings pieces of
/// its body to <see cref="AnswerStep"/>, one at a time.
/// </summary>
internal static unsafe class ServiceStep
{
    /// <summary>Whether the request is for the proxy's statistics page.</summary>
    public static bool IsFor(StatisticsPage page, HttpMessage request) =>
        request.Method is HttpMethod.Get or HttpMethod.Head or HttpMethod.Post
        && TargetRewriting.TryGet(request, TargetPart.PathAndQuery, out ReadOnlySpan<byte> target)
        && target.StartsWith(page.Uri);

    /// <summary>"stats auth" and "stats http-request".</summary>
    /// <returns>None: the page may be seen. Otherwise what its rules have said.</returns>
    public static RuleVerdict Check(Session session, StatisticsPage page)
    {
        HttpExchange http = session.Http!;
        http.ServiceName = page.Service.LogName;
        SessionLogSource source = RuleSource.Of(session, isFinal: true);
        if (page.Users is { } users && !IsKnown(http.Request, users, source)) return page.Challenge.Run(session, source);
        return page.Rules is null ? RuleVerdict.None : HttpRulesStep.RunSet(session, page.Rules);
    }

    /// <summary>"stats admin".</summary>
    public static bool IsAdmin(Session session, StatisticsPage page)
    {
        if (page.Admins.Length == 0) return false;
        SessionLogSource source = RuleSource.Of(session, isFinal: true);
        foreach (Condition admin in page.Admins)
        {
            if (admin.Evaluate(source) == AclResult.Pass) return true;
        }

        return false;
    }

    /// <summary>The service has the request; its body comes first, where the service wants it.</summary>
    public static SessionPhase Begin(Session session, HttpService service, bool isAdmin, bool isRuled)
    {
        HttpExchange http = session.Http!;
        http.Service = service;
        http.ServiceName = service.LogName;
        http.IsServiceAdmin = isAdmin;
        http.IsServiceRuled = isRuled;
        http.IsServiceHeadMade = false;
        if (service.WantsBody && http.Request.Method == HttpMethod.Post)
        {
            http.WaitedBodyBytes = 0;
            http.WaitedBodyMs = session.Frontend.ClientTimeout.Value;
        }

        session.PhaseDeadline = Instant.Never;
        return SessionPhase.Service;
    }

    public static SessionPhase Run(Session session)
    {
        HttpExchange http = session.Http!;
        if (http.ServiceCall is null)
        {
            if (HttpRulesStep.IsWaiting(session, out SessionPhase waiting)) return waiting;
            HttpRulesStep.CountIntercepted(session);
            http.ServiceCall = new ServiceCall(session, http.Service!, Request(session, http));
            http.ServiceCall.Ask();
            return SessionPhase.Service;
        }

        if (session.ClientSide.HasError)
        {
            session.End(TerminationCause.ClientAbort, TerminationPhase.Data);
            session.IsAborted = true;
            return SessionPhase.Finish;
        }

        return http.ServiceCall.IsAway ? SessionPhase.Service : BeginAnswer(session, http, http.ServiceCall);
    }

    /// <summary>What was brought is sent: the next piece, or the end.</summary>
    /// <returns>False: there is nothing to send now.</returns>
    public static bool TryNext(Session session, HttpExchange http, ServiceCall call)
    {
        if (call.IsAway) return false;
        http.AnswerBody = call.TakePiece(out int contentBytes);
        http.AnswerBodySent = 0;
        http.ResponseHeadBytes += contentBytes;
        if (http.AnswerBody.Length > 0) return true;
        if (call.IsDone)
        {
            http.DropService();
            return true;
        }

        if (call.NextAt > session.Loop.Now && !call.NextAt.IsNever)
        {
            session.PhaseDeadline = call.NextAt;
            return false;
        }

        session.PhaseDeadline = Instant.Never;
        call.Ask();
        return false;
    }

    private static SessionPhase BeginAnswer(Session session, HttpExchange http, ServiceCall call)
    {
        ServiceWork work = call.Work!;
        if (!http.IsServiceHeadMade)
        {
            http.IsServiceHeadMade = true;
            session.SlotAt = session.RequestHeadAt;
            session.End(TerminationCause.Local, TerminationPhase.Request);
            if (!HttpAnswers.TryBegin(session, work.Status, Encoding.Latin1.GetBytes(work.Reason)) || !TryAddFields(http, call, work))
            {
                http.DropService();
                return AnswerStep.OrFinish(session, 500);
            }

            HttpCapture.Headers(http.Response, session.Frontend.Captures.ResponseHeaders, session.Facts.ResponseCaptures);
        }

        if (http.IsServiceRuled && PassRules(session, http) is { } other) return other;
        if (work.Closes) http.KeepsClient = false;
        SessionPhase next = AnswerStep.Begin(session);
        session.ConnectedAt = session.RequestHeadAt;
        http.Log.ResponseMs = (session.Loop.Now - session.RequestHeadAt).Value;
        return next;
    }

    /// <summary>"http-response", as for what a server says.</summary>
    /// <returns>Null: the answer goes on. Its own phase: rules wait.</returns>
    private static SessionPhase? PassRules(Session session, HttpExchange http)
    {
        while (true)
        {
            if (http.IsPausing)
            {
                if (session.PhaseDeadline > session.Loop.Now) return SessionPhase.Service;
                http.IsPausing = false;
                session.PhaseDeadline = Instant.Never;
            }

            SessionPhase? next = HttpRulesStep.RunResponse(session);
            if (next is null) return null;
            if (next != SessionPhase.Service)
            {
                http.DropService();
                return next;
            }

            // A service brings its body piece by piece: rules that wait for one go on with what there is.
            if (!http.IsPausing) http.WaitedBodyBytes = -1;
        }
    }

    private static bool TryAddFields(HttpExchange http, ServiceCall call, ServiceWork work)
    {
        HttpMessage response = http.Response;
        foreach (ServiceField field in work.Fields)
        {
            if (!response.TryAdd(Encoding.Latin1.GetBytes(field.Name), Encoding.Latin1.GetBytes(field.Value))) return false;
        }

        if (work.LengthBytes >= 0) return HttpAnswers.TryAddLength(response, work.LengthBytes);
        // Without chunks the end of the connection is the end of the body.
        call.IsChunked = !http.IsHeadWanted && http.Request.Version == HttpVersion.Http11;
        if (!call.IsChunked) return true;
        response.Framing = BodyFraming.Chunked;
        return response.TryAdd("transfer-encoding"u8, "chunked"u8);
    }

    private static ServiceRequest Request(Session session, HttpExchange http)
    {
        HttpMessage request = http.Request;
        TargetRewriting.TryGet(request, TargetPart.PathAndQuery, out ReadOnlySpan<byte> target);
        string path = Encoding.Latin1.GetString(target);
        string body = "";
        bool isWhole = true;
        if (request.Method == HttpMethod.Post && http.Service!.WantsBody)
        {
            isWhole = HttpIntake.HasWholeRequest(session);
            ReadOnlySpan<byte> received = new(request.Block, session.Request.Held);
            body = Encoding.Latin1.GetString(BodyText.Available(request, received, http.AnswerBuffer, out _));
        }

        return new ServiceRequest(request.Method == HttpMethod.Post, path, body, isWhole, http.IsServiceAdmin);
    }

    private static bool IsKnown(HttpMessage request, UserList users, SessionLogSource source)
    {
        int at = request.Find("authorization"u8);
        return at >= 0
            && AuthorizationText.TryBasic(request.ValueOf(at), source.Scratch.Take(default), out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> password)
            && users.Authenticate(user, password) is not null;
    }
}

using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Streams.Rules;

/// <summary>What a set of rules has decided about a session.</summary>
public enum RuleVerdict : byte
{
    /// <summary>No rule has decided: the session goes on.</summary>
    None,

    /// <summary>The set ends here, the session goes on.</summary>
    Accept,

    /// <summary>The session ends.</summary>
    Reject,

    /// <summary>The session ends, and its client is told nothing.</summary>
    SilentDrop,

    /// <summary>"close": the response ends, what is on its way is delivered.</summary>
    Close,

    /// <summary>A condition needs data that is not there yet.</summary>
    Undecided,

    /// <summary>"switch-mode": from here on the session is one of mode http.</summary>
    SwitchMode,

    // Mode http; each but the last two has begun an answer (Streams/Http/HttpAnswers).

    /// <summary>Answered here, as the configuration wants: "return", "redirect", "auth", a service.</summary>
    Answer,

    /// <summary>Answered here because the request or response is refused: "deny".</summary>
    Deny,

    /// <summary>As <see cref="Deny"/>, but the client waits for it: "tarpit".</summary>
    Tarpit,

    /// <summary>Answered here because the request is not in order: "normalize-uri … strict".</summary>
    BadRequest,

    /// <summary>Our own fault: a rewriting found no room ("strict-mode").</summary>
    InternalError,

    /// <summary>"wait-for-body": this rule is done, the next one comes when there is enough of the body.</summary>
    WaitForBody,

    /// <summary>"use-service": <see cref="Http.HttpExchange.Service"/> is to answer.</summary>
    Service,

    /// <summary>"pause": the next rule comes when <see cref="Session.PhaseDeadline"/> is over.</summary>
    Pause,
}

/// <summary>
/// What a rule does (manual, section 4.4). Made once, shared by all loops, without state of its own; runs on the
/// session's loop.
/// </summary>
public abstract class SessionAction
{
    /// <returns><see cref="RuleVerdict.None"/> lets the next rule have its turn.</returns>
    public abstract RuleVerdict Run(Session session, SessionLogSource source);
}

namespace Hawser.Proxy.Streams;

/// <summary>Where a session stands. Each phase has one step of the same number in <c>Steps/</c>.</summary>
public enum SessionPhase
{
    /// <summary>In the pool.</summary>
    Idle,

    /// <summary>1: waits for the client's PROXY header.</summary>
    Handshake,

    /// <summary>2: passes "tcp-request session".</summary>
    SessionRules,

    /// <summary>2, mode http: waits for a request, and for all of its head.</summary>
    RequestHead,

    /// <summary>2: passes the frontend's "tcp-request content", perhaps waiting for the client's data.</summary>
    RequestRules,

    /// <summary>2, mode http: passes the frontend's "http-request".</summary>
    HttpRequestRules,

    /// <summary>2: gets its backend.</summary>
    ChooseBackend,

    /// <summary>2: passes the backend's "tcp-request content".</summary>
    BackendRules,

    /// <summary>2, mode http: passes the backend's "http-request".</summary>
    HttpBackendRules,

    /// <summary>2, mode http: the request gets what the configuration adds to it; perhaps waits for its body.</summary>
    PrepareRequest,

    /// <summary>3: gets a server and a slot of it, or a place in a queue.</summary>
    ChooseServer,

    /// <summary>4: waits for a slot.</summary>
    Queue,

    /// <summary>5: waits for the server to accept.</summary>
    Connect,

    /// <summary>5: waits before it tries the same server again.</summary>
    TurnAround,

    /// <summary>6: bytes go both ways.</summary>
    Forward,

    /// <summary>6, mode http: the request goes to the server, its response to the client.</summary>
    Exchange,

    /// <summary>6, mode http: a refused client waits for its answer.</summary>
    Tarpit,

    /// <summary>6, mode http: a service inside this process is to answer.</summary>
    Service,

    /// <summary>6, mode http: the answer is ours.</summary>
    Answer,

    /// <summary>7, mode http: accounts for the request and logs it; the connections wait for the next one.</summary>
    EndExchange,

    /// <summary>7: accounts for itself, logs, and goes back to the pool.</summary>
    Finish,
}

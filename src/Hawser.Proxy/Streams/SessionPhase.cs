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

    /// <summary>2: passes the frontend's "tcp-request content", perhaps waiting for the client's data.</summary>
    RequestRules,

    /// <summary>2: gets its backend.</summary>
    ChooseBackend,

    /// <summary>2: passes the backend's "tcp-request content".</summary>
    BackendRules,

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

    /// <summary>7: accounts for itself, logs, and goes back to the pool.</summary>
    Finish,
}

using System;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Expressions.Samples;

namespace Hawser.Proxy.Logging;

/// <summary>
/// All that a log line may say about one session, gathered by the session when it ends (or when its server connection
/// is up, for "option logasap"), so that logging never reaches into a session.
/// One instance per loop: <see cref="Reset"/>, fill, log, reuse. It holds references to names but owns none.
/// </summary>
public class SessionLogRecord
{
    /// <summary>A timer whose phase was not reached.</summary>
    public const long NotReached = -1;

    private static readonly byte[] s_noServer = "<NOSRV>"u8.ToArray();
    private static readonly byte[] s_none = "-"u8.ToArray();

    private readonly byte[] _terminationState = [(byte)'-', (byte)'-'];

    /// <summary>The log level of manual section 8.1 before a target's own limits; <see cref="SyslogLevel.Info"/> unless raised.</summary>
    public SyslogLevel Level { get; set; }

    /// <summary>%OG.</summary>
    public LogOrigin Origin { get; set; }

    /// <summary>Logged before the end: %B and the totals get a leading plus sign.</summary>
    public bool IsLogAsap { get; set; }

    /// <summary>%ci, %cp. Unix: the listener's id stands for the port.</summary>
    public NetworkAddress Client { get; set; }

    /// <summary>%fi, %fp: what the client connected to.</summary>
    public NetworkAddress FrontendAddress { get; set; }

    /// <summary>%bi, %bp: the source of the server connection; unspecified when none was established.</summary>
    public virtual NetworkAddress BackendSource { get; set; }

    /// <summary>Whether it is past the rules of connection and session, which run before there is a stream.</summary>
    public virtual bool IsOfStream => true;

    /// <summary>%si, %sp: as <see cref="BackendSource"/>, though %s names a server that was only tried.</summary>
    public NetworkAddress ServerAddress { get; set; }

    /// <summary>%t and its variants.</summary>
    public UnixTime AcceptDate { get; set; }

    /// <summary>%Th: accept to the end of the handshakes.</summary>
    public long HandshakeMs { get; set; }

    /// <summary>%Tw.</summary>
    public long QueueMs { get; set; }

    /// <summary>%Tc.</summary>
    public long ConnectMs { get; set; }

    /// <summary>%Td.</summary>
    public long DataMs { get; set; }

    /// <summary>%Tt: accept to the last close (or to now with <see cref="IsLogAsap"/>).</summary>
    public long TotalMs { get; set; }

    /// <summary>%Tu: as <see cref="TotalMs"/> without the handshake and idle times.</summary>
    public long UserMs { get; set; }

    /// <summary>%U, <c>req.bytes_in</c>: received from the client.</summary>
    public long RequestBytesIn { get; set; }

    /// <summary><c>req.bytes_out</c>: sent to the server.</summary>
    public long RequestBytesOut { get; set; }

    /// <summary>%B, <c>res.bytes_in</c>: received from the server.</summary>
    public long ResponseBytesIn { get; set; }

    /// <summary><c>res.bytes_out</c>: sent to the client.</summary>
    public long ResponseBytesOut { get; set; }

    /// <summary><c>req.bytes_lost</c>: accepted from the client and never delivered to the server.</summary>
    public long RequestBytesLost { get; set; }

    /// <summary><c>res.bytes_lost</c>: accepted from the server and never delivered to the client.</summary>
    public long ResponseBytesLost { get; set; }

    /// <summary><c>req.bytes_unconfirmed</c>: sent to the server, not acknowledged by its kernel at close.</summary>
    public long RequestBytesUnconfirmed { get; set; }

    /// <summary><c>res.bytes_unconfirmed</c>: sent to the client, not acknowledged by its kernel at close.</summary>
    public long ResponseBytesUnconfirmed { get; set; }

    /// <summary>%f, UTF-8.</summary>
    public byte[] FrontendName { get; set; } = s_none;

    /// <summary>%ft: the name, with <c>~</c> appended when the client came by TLS.</summary>
    public byte[] FrontendTransportName { get; set; } = s_none;

    /// <summary>The name of the "bind" line, or its number: for the lines of failed handshakes.</summary>
    public byte[] ListenerName { get; set; } = s_none;

    /// <summary>%b: the frontend's name until a backend is chosen.</summary>
    public byte[] BackendName { get; set; } = s_none;

    /// <summary>%s: <c>&lt;NOSRV&gt;</c> until a server is chosen.</summary>
    public byte[] ServerName { get; set; } = s_noServer;

    /// <summary>Whether <see cref="ServerName"/> names a server.</summary>
    public bool HasServer => ServerName != s_noServer;

    /// <summary>%ts, first character: who ended it.</summary>
    public byte TerminationCause
    {
        get => _terminationState[0];
        set => _terminationState[0] = value;
    }

    /// <summary>%ts, second character: the phase it ended in.</summary>
    public byte TerminationPhase
    {
        get => _terminationState[1];
        set => _terminationState[1] = value;
    }

    /// <summary>%ts: both characters.</summary>
    public ReadOnlySpan<byte> TerminationState => _terminationState;

    /// <summary>Ended by an error, a timeout, or after a retry or a redispatch: not a normal end (manual, 8.3.3 and 8.3.4).</summary>
    public bool IsAbnormal { get; set; }

    /// <summary>%ac: connections of the process.</summary>
    public int ActiveConnections { get; set; }

    /// <summary>%fc.</summary>
    public int FrontendConnections { get; set; }

    /// <summary>%bc.</summary>
    public int BackendConnections { get; set; }

    /// <summary>%sc; 0 without a server.</summary>
    public int ServerConnections { get; set; }

    /// <summary>%rc.</summary>
    public int Retries { get; set; }

    /// <summary>%rc gets a leading plus sign.</summary>
    public bool IsRedispatched { get; set; }

    /// <summary>%sq.</summary>
    public int ServerQueue { get; set; }

    /// <summary>%bq.</summary>
    public int BackendQueue { get; set; }

    /// <summary>%lc: lines this frontend has logged.</summary>
    public uint LogCounter { get; set; }

    /// <summary>%rt: the session's number in the process.</summary>
    public uint RequestCounter { get; set; }

    /// <summary>%ID; empty when the proxy makes none.</summary>
    public virtual ReadOnlyMemory<byte> UniqueId { get; set; }

    /// <summary>%hr, %hrl; null without any slot.</summary>
    public CaptureStore? RequestCaptures { get; set; }

    /// <summary>%hs, %hsl; null without any slot.</summary>
    public CaptureStore? ResponseCaptures { get; set; }

    /// <summary>Where the session's variables are; null when it has none.</summary>
    public Func<VariableScope, VariableStore?>? Variables { get; set; }

    /// <summary>What mode http knows beyond a session; null in mode tcp and while no request has begun.</summary>
    public HttpLogRecord? Http { get; set; }

    /// <summary>"set-log-level silent": no line at all.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The client's socket, -1 when it is closed.</summary>
    public int ClientDescriptor { get; set; } = -1;

    /// <summary>The server's socket, -1 when there is none.</summary>
    public int ServerDescriptor { get; set; } = -1;

    /// <summary>Back to a session that reached nothing: timers -1, counters 0, no addresses, no server.</summary>
    public void Reset()
    {
        Level = SyslogLevel.Info;
        Origin = LogOrigin.Unspecified;
        IsLogAsap = false;
        Client = default;
        FrontendAddress = default;
        BackendSource = default;
        ServerAddress = default;
        AcceptDate = default;
        HandshakeMs = QueueMs = ConnectMs = DataMs = TotalMs = UserMs = NotReached;
        RequestBytesIn = RequestBytesOut = ResponseBytesIn = ResponseBytesOut = 0;
        RequestBytesLost = ResponseBytesLost = RequestBytesUnconfirmed = ResponseBytesUnconfirmed = 0;
        FrontendName = FrontendTransportName = ListenerName = BackendName = s_none;
        ServerName = s_noServer;
        TerminationCause = TerminationPhase = (byte)'-';
        IsAbnormal = false;
        ActiveConnections = FrontendConnections = BackendConnections = ServerConnections = 0;
        Retries = ServerQueue = BackendQueue = 0;
        IsRedispatched = false;
        LogCounter = RequestCounter = 0;
        UniqueId = default;
        RequestCaptures = ResponseCaptures = null;
        Variables = null;
        Http = null;
        IsSilent = false;
        ClientDescriptor = ServerDescriptor = -1;
    }
}

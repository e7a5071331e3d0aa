using System;

namespace Hawser.Expressions.Compilation;

/// <summary>
/// The places of a configuration where a sample may be wanted, and the sets of them that fetches are valid in. A rule
/// that uses a fetch outside of its set can never have a value.
/// </summary>
[Flags]
public enum FetchContexts
{
    None = 0,
    FrontendTcpRequestConnection = 1 << 0,
    FrontendTcpRequestSession = 1 << 1,
    FrontendTcpRequestContent = 1 << 2,
    FrontendHttpRequest = 1 << 3,
    FrontendHttpRequestBody = 1 << 4,
    UseBackend = 1 << 5,
    BackendTcpRequestContent = 1 << 6,
    BackendHttpRequest = 1 << 7,
    BackendHttpRequestBody = 1 << 8,
    UseServer = 1 << 9,
    SourceAddress = 1 << 10,
    BackendTcpResponseContent = 1 << 11,
    BackendHttpResponse = 1 << 12,
    BackendHttpResponseBody = 1 << 13,
    StickStore = 1 << 14,
    FrontendTcpResponseContent = 1 << 15,
    FrontendHttpResponse = 1 << 16,
    FrontendHttpResponseBody = 1 << 17,
    Log = 1 << 18,
    TcpCheck = 1 << 19,
    Configuration = 1 << 20,
    CommandLine = 1 << 21,

    /// <summary>Constants, variables, the process.</summary>
    Anywhere = (1 << 22) - 1,

    /// <summary>Counters of proxies, servers and tables: everywhere but while the configuration is read.</summary>
    Running = Anywhere & ~Configuration,

    /// <summary>Addresses and facts of a connection.</summary>
    Connected = Running & ~CommandLine,

    /// <summary>What a frontend is asked: not in a check.</summary>
    Client = Connected & ~TcpCheck,

    /// <summary>After the handshakes.</summary>
    ClientSession = Client & ~FrontendTcpRequestConnection,

    /// <summary>A client's stream, to its end.</summary>
    Stream = ClientSession & ~FrontendTcpRequestSession,

    /// <summary>Bytes of the request: until a server is chosen and connected.</summary>
    RequestBuffer = FrontendTcpRequestContent | FrontendHttpRequest | FrontendHttpRequestBody | UseBackend
        | BackendTcpRequestContent | BackendHttpRequest | BackendHttpRequestBody | UseServer | SourceAddress,

    /// <summary>The backend, once chosen; also a check's.</summary>
    BackendChosen = BackendTcpRequestContent | BackendHttpRequest | BackendHttpRequestBody | UseServer | SourceAddress
        | ServerConnected,

    /// <summary>Bytes that went to the server, from the choice of the server on.</summary>
    ServerTransfer = UseServer | (ServerChosen & ~TcpCheck),

    /// <summary>The server, once chosen.</summary>
    ServerChosen = SourceAddress | ServerConnected,

    /// <summary>The connection to the server.</summary>
    ServerConnected = Response | Log | TcpCheck,

    /// <summary>While a response is on its way.</summary>
    Response = BackendTcpResponseContent | BackendHttpResponse | BackendHttpResponseBody | StickStore
        | FrontendTcpResponseContent | FrontendHttpResponse | FrontendHttpResponseBody,

    /// <summary>Bytes of the response.</summary>
    ResponseBuffer = Response | TcpCheck,

    /// <summary>The bytes of either side.</summary>
    AnyBuffer = RequestBuffer | ResponseBuffer,
}

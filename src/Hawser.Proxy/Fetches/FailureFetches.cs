using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Io.Kernels;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>
/// What went wrong with a connection (manual, section 7.3.3, "fc_err_str"). The numbers are those that haproxy 3.5
/// answers with; those of its manual are one lower from POLLERR on.
/// </summary>
internal static class FailureFetches
{
    private static readonly Failure s_none = new(0, "", "Success");

    private static readonly Dictionary<HandshakeError, Failure> s_handshakes = new()
    {
        [HandshakeError.Closed] = new(11, "PRX_EMPTY", "Connection closed while waiting for PROXY protocol header"),
        [HandshakeError.Failed] = new(12, "PRX_ABORT", "Connection error while waiting for PROXY protocol header"),
        [HandshakeError.TimedOut] = new(13, "PRX_TIMEOUT", "Timeout while waiting for PROXY protocol header"),
        [HandshakeError.Truncated] = new(14, "PRX_TRUNCATED", "Truncated PROXY protocol header received"),
        [HandshakeError.NotHeader] = new(15, "PRX_NOT_HDR", "Received something which does not look like a PROXY protocol header"),
        [HandshakeError.InvalidHeader] = new(16, "PRX_BAD_HDR", "Received an invalid PROXY protocol header"),
        [HandshakeError.UnhandledProtocol] = new(17, "PRX_BAD_PROTO", "Received an unhandled protocol in the PROXY protocol header"),
    };

    private static readonly Dictionary<KernelError, Failure> s_servers = new()
    {
        [KernelError.TooManyDescriptors] = new(2, "PROC_FDLIM", "Too many sockets on the process"),
        [KernelError.SystemFileTableFull] = new(3, "SYS_FDLIM", "Too many sockets on the system"),
        [KernelError.ProtocolNotSupported] = new(5, "NOPROTO", "Protocol or address family not supported"),
        [KernelError.AddressNotAvailable] = new(9, "FREE_PORTS", "Out of local source ports on the system"),
        [KernelError.AddressInUse] = new(10, "ADDR_INUSE", "Local source address already in use"),
        [KernelError.ConnectionRefused] = new(47, "EREFUSED", "ECONNREFUSED returned by OS"),
        [KernelError.ConnectionReset] = new(48, "ERESET", "ECONNRESET returned by OS"),
        [KernelError.NetworkUnreachable] = new(49, "EUNREACH", "ENETUNREACH returned by OS"),
        [KernelError.OutOfMemory] = new(50, "ENOMEM", "ENOMEM returned by OS"),
        [KernelError.InvalidArgument] = new(53, "EINVAL", "EINVAL returned by OS"),
        [KernelError.NoBufferSpace] = new(56, "ENOBUFS", "ENOBUFS returned by OS"),
        [KernelError.BrokenPipe] = new(57, "EPIPE", "EPIPE returned by OS"),
    };

    private static readonly Failure s_other = new(6, "SOCK_ERR", "General socket error");

    public static FetchRow[] Rows { get; } =
    [
        .. Family("fc_err", FetchContexts.Connected, OfClient, "client"),
        .. Family("bc_err", FetchContexts.ServerConnected, OfServer, "server"),
    ];

    private sealed record Failure(int Number, string Name, string Message)
    {
        public byte[] NameBytes { get; } = Encoding.ASCII.GetBytes(Name);

        public byte[] MessageBytes { get; } = Encoding.ASCII.GetBytes(Message);
    }

    private static FetchRow[] Family(string name, FetchContexts contexts, Func<Session, Failure?> find, string side) =>
    [
        SessionRows.Number(name, contexts, session => find(session)?.Number, "2.5", $"number of the error of the connection to the {side}"),
        SessionRows.Text($"{name}_name", contexts, session => find(session)?.NameBytes, "3.1", $"name of the error of the connection to the {side}"),
        SessionRows.Text($"{name}_str", contexts, session => find(session)?.MessageBytes, "2.5", $"the error of the connection to the {side} in words"),
    ];

    /// <summary>None as long as the handshake is to come.</summary>
    private static Failure? OfClient(Session session) => session.IsBeforeProxyHeader ? null : s_handshakes.GetValueOrDefault(session.HandshakeError, s_none);

    /// <summary>None as long as no connection was tried.</summary>
    private static Failure? OfServer(Session session)
    {
        if (!session.Facts.WasForwarded) return null;
        KernelError error = session.Facts.ServerError;
        return error == KernelError.None ? s_none : s_servers.GetValueOrDefault(error, s_other);
    }
}

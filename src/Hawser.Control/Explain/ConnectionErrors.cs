using System;
using System.Collections.Immutable;

namespace Hawser.Control.Explain;

/// <summary>Why a connection failed before there was a session: the messages of <c>fc_err_str</c> (manual, 7.3.3).</summary>
public static class ConnectionErrors
{
    private const string WhoConnects = "who connects to this port: should it speak this protocol?";

    /// <summary>The first row whose start stands in the message applies.</summary>
    private static readonly ImmutableArray<TerminationPair> Rows =
    [
        new("Connection closed while waiting for PROXY", "The client closed before it had sent the PROXY header that the bind line demands.",
            [new("a health check or a probe that connects and leaves"), new("a client that knows nothing of the PROXY protocol")],
            ["\"option dontlognull\" hides probes", WhoConnects]),
        new("Timeout while waiting for PROXY", "The PROXY header that the bind line demands did not come in time.",
            [new("a client that waits for the server to speak first, without a PROXY header"), new("the load balancer before this one does not send the header")],
            ["\"send-proxy\" on the sender, \"accept-proxy\" here: both or none", WhoConnects])
        { Timers = [TimerKind.ClientHandshake, TimerKind.Client] },
        new("PROXY protocol header", "What the client sent is no usable PROXY header, and the bind line demands one (\"accept-proxy\").",
            [new("a client that connects directly, past the load balancer that adds the header"), new("sender and receiver disagree about \"send-proxy\" and \"accept-proxy\""), new("a scan")],
            ["\"send-proxy\" on the sender, \"accept-proxy\" here: both or none", WhoConnects]),
        new("NetScaler", "The NetScaler client IP header that the bind line demands did not come or was not valid.",
            [new("a client that connects directly, past the NetScaler"), new("the magic number differs on both sides")],
            ["\"accept-netscaler-cip\" here and the setting of the sender", WhoConnects]),
        new("Timeout during SSL handshake", "The TLS handshake was not complete in time.",
            [new("a client that opened the connection and sent nothing"), new("the client's larger packets do not arrive: path MTU"), new("a client that speaks no TLS and waits")],
            ["\"timeout client-hs\"", "other lines of the same client"])
        { Timers = [TimerKind.ClientHandshake, TimerKind.Client] },
        new("Connection closed during SSL handshake", "The client closed in the middle of the TLS handshake.",
            [new("the client does not trust the certificate"), new("a probe or a scan"), new("a browser that opened more connections than it needed")],
            ["the certificate and its chain as a client sees them (openssl s_client)", "\"option dontlognull\" hides probes"]),
        new("Connection error during SSL handshake", "The connection broke in the middle of the TLS handshake.",
            [new("the client gave up with a reset"), new("a device between client and proxy cut it")],
            ["other lines of the same client"]),
        new("client CA chain", "The client's certificate cannot be verified with the configured authorities.",
            [new("an authority is missing in \"ca-file\""), new("the client does not send its intermediate certificates")],
            ["\"ca-file\" and \"verify\" on the bind line", "the client's chain"]),
        new("client certificate not trusted", "The client's certificate is not trusted.",
            [new("it has expired or was revoked"), new("it comes from another authority")],
            ["\"ca-file\", \"crl-file\" and \"verify\" on the bind line", "the client's certificate"]),
        new("Server presented an SSL certificate", "The server's certificate does not fit the name that was expected.",
            [new("the server's certificate was exchanged, or another machine answers"), new("\"verifyhost\" or \"sni\" names the wrong host")],
            ["\"verifyhost\" and \"sni\" on the server line"]),
        new("SSL handshake failure", "Client and proxy could not agree in the TLS handshake.",
            [new("no common version or cipher: an old client, or strict settings"), new("a client that speaks plain text to a TLS port"), new("the client refused the certificate")],
            ["\"ssl-min-ver\", \"ciphers\" and \"ciphersuites\" on the bind line", "%[ssl_fc_err_str] in \"error-log-format\" gives OpenSSL's reason"]),
        new("Too many SSL connections", "The limit of TLS connections is reached.",
            [new("\"maxsslconn\" is too small for the load"), new("an attack")],
            ["\"maxsslconn\" and \"maxsslrate\" in global"]),
        new("SSL", "The TLS layer refused the connection.",
            [new("a client that does not follow the protocol, or an attack")],
            ["%[ssl_fc_err_str] in \"error-log-format\" gives OpenSSL's reason"]),
        new("SOCKS4", "The SOCKS4 proxy on the way to the server did not do its part.",
            [new("it refuses this destination"), new("it is down or overloaded")],
            ["\"socks4\" on the server line, and that proxy's own log"]),
        new("maxconn", "A limit of connections is reached.",
            [new("\"maxconn\" is too small for the load"), new("connections stay open for too long")],
            ["\"maxconn\" in global and in the frontend", "the timeouts: idle connections count too"]),
        new("Too many sockets", "There are no descriptors left.",
            [new("the limit of the process is below what \"maxconn\" needs"), new("connections stay open for too long")],
            ["\"ulimit-n\" and the system's limits"]),
        new("ource port", "There is no free source port for another connection.",
            [new("too many short connections from one address to one server")],
            ["\"source\" with more addresses, ip_local_port_range"]),
        new("emory", "Memory ran out.", [new("the load, or buffers that are too large")], ["\"tune.bufsize\", \"-m\" and the system's memory"]),
    ];

    private static readonly TerminationPair Unknown = new("", "The connection failed before there was a session.",
        [new Cause("the message itself says why")], [WhoConnects]);

    public static TerminationPair Find(string message)
    {
        foreach (TerminationPair row in Rows)
        {
            if (message.Contains(row.Letters, StringComparison.Ordinal)) return row;
        }
        return Unknown;
    }
}

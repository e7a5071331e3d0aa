using System.Text;

namespace Hawser.Proxy.Logging;

/// <summary>The formats that HAProxy declares itself (manual, sections 8.2.1 and 8.2.2).</summary>
public static class LogFormats
{
    /// <summary>No format chosen, mode tcp. At accept.</summary>
    public const string Default = "Connect from %ci:%cp to %fi:%fp (%f/TCP)";

    /// <summary>As <see cref="Default"/>, for a client on a UNIX socket.</summary>
    public const string DefaultUnix = "Connect to %ci:%cp (%f/TCP)";

    /// <summary>No format chosen, mode http.</summary>
    public const string DefaultHttp = "Connect from %ci:%cp to %fi:%fp (%f/HTTP)";

    /// <summary>As <see cref="DefaultHttp"/>, for a client on a UNIX socket.</summary>
    public const string DefaultHttpUnix = "Connect to %ci:%cp (%f/HTTP)";

    /// <summary>"option tcplog".</summary>
    public const string Tcp =
        "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq";

    /// <summary>"option httplog".</summary>
    public const string Http =
        "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r";

    /// <summary>"option httplog clf".</summary>
    public const string HttpClf =
        "%{+Q}o %{-Q}ci - - [%trg] %r %ST %B \"\" \"\" %cp %ms %ft %b %s %TR %Tw %Tc %Tr %Ta %tsc "
        + "%ac %fc %bc %sc %rc %sq %bq %CC %CS %hrl %hsl";

    /// <summary>"option httpslog", of a frontend without TLS: its fields say that there was none.</summary>
    public const string Https = Http + " %[fc_err]/-/-/-/0 -/%sslv/%sslc";

    /// <summary>The keys of a TLS connection, one line each (manual, "tune.ssl.keylog").</summary>
    /// <param name="side">"fc" or "bc".</param>
    public static string KeylogOf(string side)
    {
        StringBuilder text = new($"CLIENT_RANDOM %[ssl_{side}_client_random,hex] ");
        // HAProxy writes a second blank here for servers.
        text.Append(side == "bc" ? " " : "").Append($"%[ssl_{side}_session_key,hex]");
        foreach (string secret in (string[])
            [
                "client_early_traffic_secret", "client_handshake_traffic_secret", "server_handshake_traffic_secret",
                "client_traffic_secret_0", "server_traffic_secret_0", "exporter_secret", "early_exporter_secret",
            ])
        {
            text.Append($"\n{secret.ToUpperInvariant()} %[ssl_{side}_client_random,hex] %[ssl_{side}_{secret}]");
        }

        return text.ToString();
    }

    /// <summary>"option tcplog clf".</summary>
    public const string TcpClf =
        "%{+Q}o %{-Q}ci - - [%T] \"TCP \" 000 %B \"\" \"\" %cp %ms %ft %b %s %Th %Tw %Tc %Tt %U %ts-- "
        + "%ac %fc %bc %sc %rc %sq %bq \"\" \"\" ";
}

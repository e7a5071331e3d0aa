namespace Hawser.Proxy.Logging;

/// <summary>The formats that HAProxy declares itself (manual, sections 8.2.1 and 8.2.2).</summary>
public static class LogFormats
{
    /// <summary>No format chosen, mode tcp. At accept.</summary>
    public const string Default = "Connect from %ci:%cp to %fi:%fp (%f/TCP)";

    /// <summary>As <see cref="Default"/>, for a client on a UNIX socket.</summary>
    public const string DefaultUnix = "Connect to %ci:%cp (%f/TCP)";

    /// <summary>"option tcplog".</summary>
    public const string Tcp =
        "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq";

    /// <summary>"option tcplog clf".</summary>
    public const string TcpClf =
        "%{+Q}o %{-Q}ci - - [%T] \"TCP \" 000 %B \"\" \"\" %cp %ms %ft %b %s %Th %Tw %Tc %Tt %U %ts-- "
        + "%ac %fc %bc %sc %rc %sq %bq \"\" \"\" ";
}

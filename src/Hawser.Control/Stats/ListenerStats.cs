using Hawser.Io.Sockets;
using Hawser.Proxy.Listeners;

namespace Hawser.Control.Stats;

/// <summary>The columns of a listener, shown with "option socket-stats".</summary>
internal static class ListenerStats
{
    public static StatLine Read(Listener listener)
    {
        StatLine line = new(StatObject.Listener, listener.Frontend.Config.Id, listener.Id);
        CommonStats.Name(line, listener.Frontend.Config, listener.Config.Name ?? $"sock-{listener.Id}");
        line[StatField.SessionsNow] = listener.ActiveSessions;
        line[StatField.SessionsLimit] = listener.MaximumSessions == int.MaxValue ? 0 : listener.MaximumSessions;
        line[StatField.Status] = listener.ActiveSessions >= listener.MaximumSessions ? "FULL" : "OPEN";
        line[StatField.Address] = listener.Text;
        line[StatField.Protocol] = listener.Address.Family switch
        {
            SocketAddresses.UnixFamily => "unix_stream",
            SocketAddresses.IPv6Family => "tcpv6",
            _ => "tcpv4",
        };
        return line;
    }
}

using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Listeners;

namespace Hawser.Control.Stats;

/// <summary>The columns of a listener, shown with "option socket-stats".</summary>
internal static class ListenerStats
{
    public static StatLine Read(Listener listener)
    {
        TrafficCounters sum = TrafficCounters.Sum(listener.Counters ?? []);
        StatLine line = new(StatObject.Listener, listener.Frontend.Config.Id, listener.Id);
        CommonStats.Name(line, listener.Frontend.Config, listener.Config.Name ?? $"sock-{listener.Id}");
        CommonStats.Traffic(line, sum);
        bool isLimited = listener.MaximumSessions != int.MaxValue;
        line[StatField.SessionsNow] = listener.ActiveSessions;
        line[StatField.SessionsMaximum] = listener.Peaks.Sessions.Value;
        line[StatField.SessionsLimit] = isLimited ? listener.MaximumSessions : 0;
        line[StatField.DeniedRequests] = sum.DeniedRequests;
        line[StatField.RequestErrors] = sum.RequestErrors;
        line[StatField.Status] = isLimited && listener.ActiveSessions >= listener.MaximumSessions ? "FULL" : "OPEN";
        line[StatField.Connections] = sum.Connections;
        line[StatField.DeniedConnections] = sum.DeniedConnections;
        line[StatField.DeniedSessions] = sum.DeniedSessions;
        line[StatField.Address] = listener.Address.Family == SocketAddresses.UnixFamily ? "unix" : listener.Text;
        line[StatField.Protocol] = listener.Address.Family switch
        {
            SocketAddresses.UnixFamily => "unix_stream",
            SocketAddresses.IPv6Family => "tcpv6",
            _ => "tcpv4",
        };
        return line;
    }
}

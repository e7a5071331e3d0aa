using Hawser.Io.Sockets;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Listeners;

namespace Hawser.Control.Stats;

/// <summary>The columns of a listener, shown with "option socket-stats".</summary>
internal static class ListenerStats
{
    public static StatLine Read(Listener listener)
    {
        StatLine line = new(StatObject.Listener, 0, 0);
        Read(line, listener);
        return line;
    }

    /// <summary>All columns, into a line that is used again and again.</summary>
    public static void Read(StatLine line, Listener listener)
    {
        line.Begin(StatObject.Listener, listener.Frontend.Config.Id, listener.Id);
        Fill(line, listener);
    }

    /// <inheritdoc cref="ServerStats.Read(StatLine, Proxy.Building.ProxySet, Proxy.Backends.Server, Io.Loop.EventLoop, StatField)"/>
    public static void Read(StatLine line, Listener listener, StatField field)
    {
        CommonStats.Identify(line, listener.Frontend.Name, NameOf(listener));
        if (CounterColumns.TryFill(line, listener.Counters ?? [], field))
            return;
        line.Clear();
        Fill(line, listener);
    }

    public static string NameOf(Listener listener) => listener.Config.Name ?? $"sock-{listener.Id}";

    private static void Fill(StatLine line, Listener listener)
    {
        TrafficCounters[] perLoop = listener.Counters ?? [];
        TrafficCounters sum = TrafficCounters.Sum(perLoop);
        CommonStats.Name(line, listener.Frontend.Config, NameOf(listener));
        CounterColumns.Fill(line, listener.Frontend.Config, perLoop, CounterColumns.Traffic);
        bool isLimited = listener.MaximumSessions != int.MaxValue;
        line[StatField.SessionsNow] = listener.Room.Active;
        line[StatField.SessionsMaximum] = listener.Peaks.Sessions.Value;
        line[StatField.SessionsLimit] = isLimited ? listener.MaximumSessions : 0;
        line[StatField.DeniedRequests] = sum.DeniedRequests;
        line[StatField.RequestErrors] = sum.RequestErrors;
        line[StatField.Status] = isLimited && listener.Room.Active >= listener.MaximumSessions ? "FULL" : "OPEN";
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
    }
}

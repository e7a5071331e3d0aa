using Hawser.Config.Model;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Backends;

namespace Hawser.Control.Stats;

/// <summary>The columns that every object has.</summary>
internal static class CommonStats
{
    public static void Name(StatLine line, ProxyConfig proxy, string name)
    {
        line[StatField.ProxyName] = proxy.Name;
        line[StatField.ServerName] = name;
        line[StatField.Process] = 1;
        line[StatField.ProxyId] = proxy.Id;
        line[StatField.ObjectId] = line.ObjectId;
        line[StatField.Type] = (int)line.Kind;
        line[StatField.Mode] = ModeName(proxy.Mode);
    }

    public static void Traffic(StatLine line, TrafficCounters sum)
    {
        line[StatField.BytesIn] = sum.RequestBytes;
        line[StatField.BytesOut] = sum.ResponseBytes;
        line[StatField.RequestBytesIn] = sum.RequestBytes;
        line[StatField.ResponseBytesIn] = sum.ResponseBytes;
        line[StatField.RequestBytesLost] = sum.RequestBytesLost;
        line[StatField.ResponseBytesLost] = sum.ResponseBytesLost;
        line[StatField.RequestBytesUnconfirmed] = sum.RequestBytesUnconfirmed;
        line[StatField.ResponseBytesUnconfirmed] = sum.ResponseBytesUnconfirmed;
        line[StatField.LossySessions] = sum.LossySessions;
    }

    /// <summary>What backends and servers have in common.</summary>
    public static void Connecting(StatLine line, TrafficCounters sum)
    {
        line[StatField.DeniedResponses] = 0;
        line[StatField.ConnectionErrors] = sum.ConnectionErrors;
        line[StatField.ResponseErrors] = sum.ResponseErrors;
        line[StatField.Retries] = sum.Retries;
        line[StatField.Redispatches] = sum.Redispatches;
        line[StatField.ClientAborts] = sum.ClientAborts;
        line[StatField.ServerAborts] = sum.ServerAborts;
        line[StatField.ConnectionAttempts] = sum.Connections;
        line[StatField.ConnectionReuses] = 0;
    }

    /// <summary>The weight in force, as users count: slow start makes it smaller, never 0.</summary>
    public static int Weight(Server server) => (server.EffectiveWeight + Server.WeightScale - 1) / Server.WeightScale;

    public static string ModeName(ProxyMode mode) => mode switch
    {
        ProxyMode.Http => "http",
        ProxyMode.Health => "health",
        _ => "tcp",
    };
}

using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Io.Kernels;

namespace Hawser.Proxy.Building;

/// <summary>The socket options that a configuration asks for, as short lists that are walked per socket.</summary>
internal static class SocketOptions
{
    /// <summary>
    /// For a listening socket: an accepted connection inherits them, which saves a system call per option and
    /// connection.
    /// </summary>
    public static List<(SocketOption, int)> ForClients(ProxyConfig frontend, BindConfig bind, GlobalConfig global)
    {
        List<(SocketOption, int)> options = [(SocketOption.NoDelay, 1)];
        AddKeepAlive(options, frontend.ClientKeepAlive);
        if (bind.MaxSegmentSize is { } segment and > 0)
            options.Add((SocketOption.MaximumSegment, segment));
        if (bind.SavedSyn > 0)
            options.Add((SocketOption.SaveSyn, bind.SavedSyn));
        if (bind.TcpUserTimeoutMs is { } userTimeout)
            options.Add((SocketOption.UserTimeoutMs, userTimeout));
        AddBuffers(options, global.Tuning.ReceiveBufferClientBytes, global.Tuning.SendBufferClientBytes);
        AddLowWater(options, global.Tuning.NotSentLowWaterClientBytes);
        if (bind.DeferAccept)
            options.Add((SocketOption.DeferAcceptSeconds, 1));
        return options;
    }

    public static (SocketOption, int)[] ForServer(ProxyConfig backend, ServerConfig server, GlobalConfig global)
    {
        List<(SocketOption, int)> options = [(SocketOption.NoDelay, 1)];
        AddKeepAlive(options, backend.ServerKeepAlive);
        if (server.TcpUserTimeoutMs is { } userTimeout)
            options.Add((SocketOption.UserTimeoutMs, userTimeout));
        AddBuffers(options, global.Tuning.ReceiveBufferServerBytes, global.Tuning.SendBufferServerBytes);
        AddLowWater(options, global.Tuning.NotSentLowWaterServerBytes);
        // Without an ACK of its own the connection's last step travels with the first data.
        if (backend.Options.TcpSmartConnect)
            options.Add((SocketOption.QuickAck, 0));
        return [.. options];
    }

    private static void AddKeepAlive(List<(SocketOption, int)> options, TcpKeepAliveConfig keepAlive)
    {
        if (!keepAlive.IsEnabled)
            return;
        options.Add((SocketOption.KeepAlive, 1));
        if (keepAlive.Count is { } count)
            options.Add((SocketOption.KeepAliveCount, count));
        if (keepAlive.IdleSeconds is { } idle)
            options.Add((SocketOption.KeepAliveIdleSeconds, idle));
        if (keepAlive.IntervalSeconds is { } interval)
            options.Add((SocketOption.KeepAliveIntervalSeconds, interval));
    }

    private static void AddLowWater(List<(SocketOption, int)> options, int? bytes)
    {
        if (bytes is > 0 and int size)
            options.Add((SocketOption.NotSentLowWaterBytes, size));
    }

    private static void AddBuffers(List<(SocketOption, int)> options, int? receiveBytes, int? sendBytes)
    {
        if (receiveBytes is { } receive and > 0)
            options.Add((SocketOption.ReceiveBufferBytes, receive));
        if (sendBytes is { } send and > 0)
            options.Add((SocketOption.SendBufferBytes, send));
    }
}

using System;
using System.Globalization;
using System.Text;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Proxy.Listeners;

namespace Hawser.Proxy.Building;

/// <summary>
/// What a listening socket is made with, as texts to compare: a reload keeps the sockets of an address while their nature
/// is the same, and sets what has changed of the rest on them.
/// </summary>
internal static class SocketSignature
{
    /// <summary>Which socket is meant.</summary>
    public static string Key(int inheritedDescriptor, string? unixPath, in SocketAddress address)
    {
        if (inheritedDescriptor >= 0)
            return string.Create(CultureInfo.InvariantCulture, $"fd@{inheritedDescriptor}");
        return unixPath ?? Convert.ToHexString(address.Used);
    }

    public static string Key(Listener listener) => Key(listener.InheritedDescriptor, listener.UnixPath, listener.Address);

    /// <summary>What can only be said of a new socket.</summary>
    public static string Nature(Listener listener)
    {
        BindConfig bind = listener.Config;
        // Which loop has which of several sockets follows from the loops.
        StringBuilder threads = new();
        for (int loop = 0; listener.Shards > 1 && bind.Threads is not null && loop < ThreadSet.MaxThreads; loop++)
        {
            if (listener.IsFor(loop))
                threads.Append(CultureInfo.InvariantCulture, $"{loop},");
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{listener.IsMultipath} {listener.Shards} {threads} {bind.IPv6Only} {bind.IsTransparent} {bind.Interface} {bind.CongestionControl}");
    }

    /// <summary>What may be said again of a socket that is open.</summary>
    public static string Settings(Listener listener, GlobalConfig global)
    {
        StringBuilder text = new();
        BindConfig bind = listener.Config;
        text.Append(CultureInfo.InvariantCulture, $"{listener.WrittenBacklog} {bind.TcpFastOpen} {bind.Mode} {listener.UserId} {listener.GroupId}");
        text.Append(CultureInfo.InvariantCulture, $" {listener.Frontend.Config.Options.TcpSmartAccept}");
        foreach ((SocketOption option, int value) in SocketOptions.ForClients(listener.Frontend.Config, bind, global))
            text.Append(CultureInfo.InvariantCulture, $" {option}={value}");
        return text.ToString();
    }
}

using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Listeners;

namespace Hawser.Proxy.Building;

/// <summary>
/// Listening sockets that an old process has handed over ("-x"): a listener of the same address and interface takes one
/// in place of a new one; what nobody takes is closed.
/// </summary>
public sealed class HandedListeners(Kernel kernel, IReadOnlyList<HandedSocket> sockets)
{
    private readonly List<HandedSocket> _left = [.. sockets];

    /// <summary>-1 when there is none.</summary>
    public int Take(Listener listener)
    {
        for (int i = 0; i < _left.Count; i++)
        {
            SocketAddress address = default;
            if (_left[i].Interface != (listener.Config.Interface ?? "") || kernel.LocalAddress(_left[i].Descriptor, ref address) < 0
                || !IsAddressOf(listener, address))
            {
                continue;
            }

            int descriptor = _left[i].Descriptor;
            _left.RemoveAt(i);
            return kernel.MakeNonBlocking(descriptor) >= 0 ? descriptor : -1;
        }

        return -1;
    }

    /// <summary>All listeners are bound.</summary>
    public void CloseRest()
    {
        foreach (HandedSocket socket in _left)
            kernel.Close(socket.Descriptor);
        _left.Clear();
    }

    private static bool IsAddressOf(Listener listener, in SocketAddress address)
    {
        if (listener.UnixPath is not { } path)
            return address.Used.SequenceEqual(listener.Address.Used);
        if (address.Family != SocketAddresses.UnixFamily)
            return false;
        // Bound under a name of the process that made it, and renamed into place.
        string bound = Encoding.UTF8.GetString(address.Used[2..]).TrimEnd('\0');
        return bound == path || (bound.StartsWith(path + ".", StringComparison.Ordinal) && bound.EndsWith(".tmp", StringComparison.Ordinal));
    }
}

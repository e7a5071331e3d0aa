using System;
using System.Globalization;
using System.Text;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;

namespace Hawser.Control.Processes;

/// <summary>
/// Tells systemd how the service is (sd_notify(3), a unit of type notify or notify-reload): datagrams to the socket that
/// NOTIFY_SOCKET names. Opened before a chroot hides it.
/// </summary>
public sealed unsafe class ReadyNotice
{
    private const string Variable = "NOTIFY_SOCKET";

    private readonly Kernel _kernel;
    private readonly int _socket;

    private ReadyNotice(Kernel kernel, int socket)
    {
        _kernel = kernel;
        _socket = socket;
    }

    /// <summary>Null when nobody wants to know, or the socket is not there.</summary>
    public static ReadyNotice? Open(Kernel kernel)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 1 } name)
            return null;
        SocketAddress address;
        bool isKnown = name[0] == '@'
            ? SocketAddresses.TryFromAbstractName(name[1..], isPadded: false, out address)
            : SocketAddresses.TryFromPath(name, out address);
        if (!isKnown)
            return null;
        int socket = kernel.OpenSocket(SocketAddresses.UnixFamily, datagram: true);
        if (socket < 0)
            return null;
        if (kernel.Connect(socket, address) >= 0)
            return new ReadyNotice(kernel, socket);
        kernel.Close(socket);
        return null;
    }

    public void Ready() => Send(string.Create(
        CultureInfo.InvariantCulture, $"READY=1\nMAINPID={Environment.ProcessId}\nSTATUS=Ready.\n"));

    /// <summary>systemd compares the time with its own clock.</summary>
    public void Reloading() => Send(string.Create(
        CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={_kernel.Now().Milliseconds * 1000}\nSTATUS=Reloading configuration.\n"));

    /// <summary>After <see cref="Reloading"/>: it goes on, with the new configuration or, if that was refused, the old one.</summary>
    public void Reloaded(bool isDone) => Send(isDone
        ? "READY=1\nSTATUS=Ready.\n"
        : "READY=1\nSTATUS=Reload failed, the configuration before goes on.\n");

    public void Stopping() => Send("STOPPING=1\nSTATUS=Stopping.\n");

    private void Send(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* data = bytes)
            _kernel.Send(_socket, data, bytes.Length, more: false);
    }
}

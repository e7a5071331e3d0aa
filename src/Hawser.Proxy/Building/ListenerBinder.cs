using System.Globalization;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Listeners;

namespace Hawser.Proxy.Building;

/// <summary>Opens the sockets of a listener, with its options, or says in HAProxy's words why not.</summary>
internal sealed class ListenerBinder(Kernel kernel, GlobalConfig global, bool reusesPorts, BuildErrors errors, HandedListeners? handed = null)
{
    /// <param name="listener">Its <see cref="Listener.Descriptors"/> are filled.</param>
    /// <param name="shards">Sockets that share the address, one per loop; 1 for a single one.</param>
    public bool TryBind(Listener listener, int shards)
    {
        if (listener.InheritedDescriptor >= 0)
        {
            listener.Descriptors = [listener.InheritedDescriptor];
            return kernel.MakeNonBlocking(listener.InheritedDescriptor) >= 0
                && Configure(listener, listener.InheritedDescriptor)
                && Listen(listener, listener.InheritedDescriptor);
        }

        int[] descriptors = new int[shards];
        for (int i = 0; i < shards; i++)
        {
            if (Open(listener) is var descriptor && descriptor < 0)
            {
                for (int opened = 0; opened < i; opened++)
                    kernel.Close(descriptors[opened]);
                return false;
            }

            descriptors[i] = descriptor;
        }

        listener.Descriptors = descriptors;
        return true;
    }

    /// <summary>Says to sockets that are open already what a new configuration wants of them.</summary>
    public void Reconfigure(Listener listener)
    {
        foreach (int descriptor in listener.Descriptors)
        {
            Configure(listener, descriptor);
            Listen(listener, descriptor);
        }

        if (listener.UnixPath is not { } path)
            return;
        if (listener.Config.Mode is { } mode)
            kernel.SetFileMode(path, mode);
        if (listener.UserId is not null || listener.GroupId is not null)
            kernel.SetFileOwner(path, listener.UserId ?? -1, listener.GroupId ?? -1);
    }

    /// <summary>Of a frontend that was paused.</summary>
    public void Resume(Listener listener) => ListenerPause.TryResume(kernel, listener);

    private int Open(Listener listener)
    {
        if (handed?.Take(listener) is >= 0 and int taken)
            return Configure(listener, taken) && Listen(listener, taken) ? taken : -1;
        bool isUnix = listener.Address.Family == SocketAddresses.UnixFamily;
        int descriptor = listener.IsMultipath
            ? kernel.OpenMultipathSocket(listener.Address.Family)
            : kernel.OpenSocket(listener.Address.Family, datagram: false);
        if (descriptor < 0)
        {
            Refuse(listener, "cannot create receiving socket", (KernelError)(-descriptor));
            return -1;
        }

        bool isOpen = Configure(listener, descriptor)
            && (isUnix ? BindUnix(listener, descriptor) : BindInternet(listener, descriptor))
            && Listen(listener, descriptor);
        if (isOpen)
            return descriptor;
        kernel.Close(descriptor);
        return -1;
    }

    private bool Listen(Listener listener, int descriptor)
    {
        if (kernel.Listen(descriptor, listener.Backlog) is < 0 and int result)
        {
            errors.Alert($"Starting {Describe(listener, $"cannot listen to socket: {Reason(result)}")}");
            return false;
        }

        // Only now: listen(2) sets it back. "option tcp-smart-accept": the answer carries the first ACK.
        if (listener.Address.Family != SocketAddresses.UnixFamily)
            kernel.SetOption(descriptor, SocketOption.QuickAck, listener.Frontend.Config.Options.TcpSmartAccept ? 0 : 1);
        return true;
    }

    private bool Configure(Listener listener, int descriptor)
    {
        if (listener.Address.Family == SocketAddresses.UnixFamily)
            return true;
        BindConfig bind = listener.Config;
        bool is6 = listener.Address.Family == SocketAddresses.IPv6Family;
        if (kernel.SetOption(descriptor, SocketOption.ReuseAddress, 1) < 0)
            return Refuse(listener, "cannot do so_reuseaddr");
        if (reusesPorts)
            kernel.SetOption(descriptor, SocketOption.ReusePort, 1);
        if (is6 && bind.IPv6Only is { } only)
            kernel.SetOption(descriptor, SocketOption.IPv6Only, only ? 1 : 0);
        if (bind.IsTransparent && kernel.SetOption(descriptor, is6 ? SocketOption.Transparent6 : SocketOption.Transparent, 1) < 0)
            return Refuse(listener, "cannot make receiving socket transparent");
        SetOptions(listener, descriptor);
        // HAProxy goes on without it, and so says who finds a listener open on more interfaces than were meant.
        if (bind.Interface is { } name && kernel.BindToInterface(descriptor, name) is < 0 and int refused)
            errors.Warning($"Binding {Describe(listener, $"cannot bind receiver to device '{name}' {Reason(refused)}")}");
        return true;
    }

    /// <summary>A listener works without them: what the kernel refuses is one warning, in HAProxy's words and order.</summary>
    private void SetOptions(Listener listener, int descriptor)
    {
        BindConfig bind = listener.Config;
        StringBuilder refused = new();
        foreach ((SocketOption option, int value) in SocketOptions.ForClients(listener.Frontend.Config, bind, global))
            Note(refused, kernel.SetOption(descriptor, option, value), Attempt(option, value));
        if (bind.TcpFastOpen)
            Note(refused, kernel.SetOption(descriptor, SocketOption.FastOpenQueue, listener.Backlog), "cannot enable TCP_FASTOPEN");
        if (bind.CongestionControl is { } algorithm)
            Note(refused, kernel.SetCongestionControl(descriptor, algorithm), "cannot set TCP congestion control algorithm");
        if (refused.Length > 0)
            errors.Warning($"Starting {Describe(listener, refused.ToString())}");
    }

    /// <summary>What a refusal is called; null for what HAProxy sets on each connection, and says nothing of.</summary>
    private static string? Attempt(SocketOption option, int value) => option switch
    {
        SocketOption.MaximumSegment => string.Create(CultureInfo.InvariantCulture, $"cannot set MSS to {value}"),
        SocketOption.SaveSyn => "cannot set TCP Save SYN",
        SocketOption.UserTimeoutMs => "cannot set TCP User Timeout",
        SocketOption.DeferAcceptSeconds => "cannot enable DEFER_ACCEPT",
        _ => null,
    };

    private static void Note(StringBuilder refused, int result, string? attempt)
    {
        if (result >= 0 || attempt is null)
            return;
        if (refused.Length > 0)
            refused.Append(", ");
        refused.Append(attempt).Append(", ").Append(Reason(result));
    }

    private bool BindInternet(Listener listener, int descriptor) =>
        kernel.Bind(descriptor, listener.Address) is var result
        && (result >= 0 || Refuse(listener, "cannot bind socket", (KernelError)(-result)));

    /// <summary>
    /// A path is bound under a name of its own and renamed into place, so that a client always finds a socket that is
    /// listened to.
    /// </summary>
    private bool BindUnix(Listener listener, int descriptor)
    {
        if (listener.UnixPath is not { } path)
            return BindInternet(listener, descriptor);
        string temporary = $"{path}.{System.Environment.ProcessId}.tmp";
        if (!SocketAddresses.TryFromPath(temporary, out SocketAddress address))
            return Refuse(listener, "socket path too long for UNIX socket", KernelError.InvalidArgument);
        kernel.DeleteFile(temporary);
        int result = kernel.Bind(descriptor, address);
        if (result < 0)
            return Refuse(listener, "cannot bind UNIX socket", (KernelError)(-result));
        if (listener.Config.Mode is { } mode)
            kernel.SetFileMode(temporary, mode);
        if (listener.UserId is not null || listener.GroupId is not null)
            kernel.SetFileOwner(temporary, listener.UserId ?? -1, listener.GroupId ?? -1);
        result = kernel.RenameFile(temporary, path);
        if (result >= 0)
            return true;
        kernel.DeleteFile(temporary);
        return Refuse(listener, "cannot switch final and temporary UNIX sockets", (KernelError)(-result));
    }

    private bool Refuse(Listener listener, string what, KernelError error) => Refuse(listener, $"{what} {Reason(-(int)error)}");

    private bool Refuse(Listener listener, string what)
    {
        errors.Alert($"Binding {Describe(listener, what)}");
        return false;
    }

    /// <param name="result">A negated error.</param>
    private static string Reason(int result) => $"({KernelErrorText.Of((KernelError)(-result))})";

    private static string Describe(Listener listener, string what)
    {
        Origin origin = listener.Config.Origin;
        string protocol = listener.Address.Family switch
        {
            SocketAddresses.UnixFamily => "unix_stream",
            SocketAddresses.IPv6Family => listener.IsMultipath ? "mptcpv6" : "tcpv6",
            _ => listener.IsMultipath ? "mptcpv4" : "tcpv4",
        };
        string where = listener.UnixPath is null ? $" for [{listener.Text}]" : $" [{listener.UnixPath}]";
        string kind = listener.Frontend.Config.Kind == ProxyKind.Listen ? "proxy" : "frontend";
        return $"[{origin}] for {kind} {listener.Frontend.Name}: protocol {protocol}: {what}{where}.";
    }
}

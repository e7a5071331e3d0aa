using System;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Protocols.ProxyProtocol;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Connections;

namespace Hawser.Proxy.Checks;

/// <summary>
/// The socket of one check: opened, connected, given its PROXY header, closed. Used again for each check of its
/// server. A check without a header asks the kernel to delay the handshake's last acknowledgement and then resets, so
/// that the server's application never sees the connection: as HAProxy does.
/// </summary>
internal sealed unsafe class CheckConnection : ReadyHandler
{
    private readonly ServerCheck _check;
    private SocketAddress _address;
    private readonly SendProxyVersion _sendProxy;
    private int _descriptor = -1;
    private SourcePortLease _sourcePort;

    public CheckConnection(ServerCheck check)
    {
        _check = check;
        _address = CheckTarget.AddressOf(check.Server, check.Target);
        _sendProxy = CheckTarget.SendProxyOf(check.Server.Config);
    }

    /// <summary>Concludes the check at once, or later from <see cref="OnReady"/>.</summary>
    public void Open(EventLoop loop)
    {
        Kernel kernel = loop.Kernel;
        // An operator may have moved the server, or its checks.
        _address = CheckTarget.AddressOf(_check.Server, _check.Target);
        int opened = _check.Server.Outgoing.Open(kernel, _address.Family, default, out _sourcePort);
        if (opened < 0)
        {
            Fail(loop, OpenFailure((KernelError)(-opened)), (KernelError)(-opened));
            return;
        }

        _descriptor = opened;
        if (_sendProxy == SendProxyVersion.None && _address.Family != SocketAddresses.UnixFamily)
            kernel.SetOption(_descriptor, SocketOption.QuickAck, 0);
        int result = kernel.Connect(_descriptor, _address);
        if (result >= 0)
            Connected(loop);
        else if (result != -(int)KernelError.InProgress)
            Fail(loop, CheckStep.Socket, (KernelError)(-result));
        else if (!loop.Watch(_descriptor, WatchMode.EdgeBoth, this))
            Fail(loop, CheckStep.Socket, KernelError.NoBufferSpace);
    }

    /// <summary>The time for it is over, or the checks stop.</summary>
    public void Abort(EventLoop loop) => Close(loop, isPolite: false);

    public override void OnReady(EventLoop loop, Readiness readiness)
    {
        KernelError error = loop.Kernel.TakeError(_descriptor);
        if (error != KernelError.None)
            Fail(loop, CheckStep.Connection, error);
        else if ((readiness & (Readiness.Writable | Readiness.HangUp)) != 0)
            Connected(loop);
    }

    private void Connected(EventLoop loop)
    {
        if (_sendProxy != SendProxyVersion.None && SendHeader(loop.Kernel) is < 0 and int failure)
        {
            Fail(loop, CheckStep.Connection, (KernelError)(-failure));
            return;
        }

        Close(loop, isPolite: _sendProxy != SendProxyVersion.None);
        _check.Conclude(loop, CheckStatus.Layer4Passed, CheckStep.None, KernelError.None);
    }

    /// <summary>A new connection takes so few bytes at once, or it is broken.</summary>
    private int SendHeader(Kernel kernel)
    {
        Span<byte> header = stackalloc byte[ProxyVersion1.MaxHeaderBytes];
        int length;
        if (_sendProxy == SendProxyVersion.V2)
        {
            ProxyVersion2Writer.TryWrite(default, default, default, header, out length);
        }
        else
        {
            SocketAddress local = default;
            kernel.LocalAddress(_descriptor, ref local);
            ProxyVersion1.TryWrite(ToNetwork(local), ToNetwork(_address), header, out length);
        }

        fixed (byte* bytes = header)
        {
            int sent = kernel.Send(_descriptor, bytes, length, more: false);
            return sent < 0 || sent == length ? sent : -(int)KernelError.WouldBlock;
        }
    }

    private static NetworkAddress ToNetwork(in SocketAddress address) =>
        SocketAddresses.ToNetworkAddress(address, unixListenerId: 0);

    private void Fail(EventLoop loop, CheckStep step, KernelError error)
    {
        Close(loop, isPolite: false);
        bool isOurSocket = step == CheckStep.Socket
            && (_address.Family == SocketAddresses.UnixFamily || IsShortage(error));
        CheckStatus status = isOurSocket ? CheckStatus.SocketError : CheckStatus.Layer4Problem;
        _check.Conclude(loop, status, step, error);
    }

    /// <summary>Opening a socket for a server fails for want of resources or else for its "source".</summary>
    private static CheckStep OpenFailure(KernelError error) => IsShortage(error) ? CheckStep.Socket : CheckStep.Source;

    private static bool IsShortage(KernelError error) => error
        is KernelError.TooManyDescriptors
        or KernelError.SystemFileTableFull
        or KernelError.OutOfMemory
        or KernelError.NoBufferSpace
        or KernelError.ProtocolNotSupported;

    private void Close(EventLoop loop, bool isPolite)
    {
        if (_descriptor < 0)
            return;
        if (!isPolite)
            loop.Kernel.SetOption(_descriptor, SocketOption.LingerReset, 1);
        loop.Unwatch(_descriptor, this, isClosing: true);
        loop.Kernel.Close(_descriptor);
        _sourcePort.Return();
        _descriptor = -1;
    }
}

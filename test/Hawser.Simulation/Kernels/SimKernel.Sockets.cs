using System.Collections.Generic;
using Hawser.Base.Network;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Kernels;

/// <summary>Opening, connecting, accepting, closing half.</summary>
internal sealed unsafe partial class SimKernel
{
    private const int FirstEphemeralPort = 10_000;
    private const int LastEphemeralPort = 65_000;

    private static readonly KernelError[] s_shortages =
    [
        KernelError.TooManyDescriptors, KernelError.SystemFileTableFull, KernelError.NoBufferSpace, KernelError.OutOfMemory,
    ];

    private readonly uint _address;
    private readonly TcpConnection?[] _byLocalPort = new TcpConnection?[65536];
    private readonly Dictionary<ulong, int> _openTo = [];
    private int _nextPort = FirstEphemeralPort;

    /// <summary>Destinations whose connections begin with a PROXY header.</summary>
    public HashSet<ulong> HeaderDestinations { get; } = [];

    /// <summary>The newest connection that this host began from a port.</summary>
    public TcpConnection? FindByLocalPort(int port) => _byLocalPort[port];

    /// <summary>Sockets connecting or connected to a server for sessions, by <see cref="Network.Key"/>.</summary>
    public int OpenTo(ulong server) => _openTo.GetValueOrDefault(server);

    /// <summary>Accepted connections that are open.</summary>
    /// <param name="listener">Of those, the ones to this address; null: all.</param>
    public int OpenFromClients(NetworkAddress? listener)
    {
        int count = 0;
        foreach (SimFile? file in _files)
        {
            if (file is SimSocket { End: { IsNear: false } end } && (listener is not { } one || one.Equals(end.Connection.To)))
                count++;
        }

        return count;
    }

    public override int OpenSocket(int family, bool datagram)
    {
        if (family == SocketAddresses.UnixFamily)
            return datagram ? Open(new SimSocket(this, datagram)) : Fail(KernelError.ProtocolNotSupported);
        if (family != SocketAddresses.IPv4Family)
            return Fail(KernelError.ProtocolNotSupported);
        if (Faults.Strikes(FaultKind.SocketFailure))
            return Short(s_shortages);
        int fd = Open(new SimSocket(this, datagram));
        World.Note(Act.OpenSocket, value: fd);
        return fd;
    }

    public override int Bind(int fd, in SocketAddress address)
    {
        if (Find(fd) is not SimSocket socket)
            return -(int)KernelError.NotASocket;
        socket.Bound = SocketAddresses.ToNetworkAddress(address, unixListenerId: 0);
        return 0;
    }

    public override int Listen(int fd, int backlog)
    {
        if (Find(fd) is SimListener again)
        {
            again.Open();
            return 0;
        }

        if (Find(fd) is not SimSocket socket)
            return -(int)KernelError.NotASocket;
        SimListener listener = new(this, socket.Bound, backlog) { Descriptor = fd };
        _files[fd] = listener;
        listener.Open();
        Listeners.Add(listener);
        return 0;
    }

    public List<SimListener> Listeners { get; } = [];

    public override int Accept(int listener, ref SocketAddress peer)
    {
        TimePasses();
        if (Find(listener) is not SimListener file)
            return -(int)KernelError.InvalidArgument;
        if (file.Waiting.Count == 0)
            return -(int)KernelError.WouldBlock;
        if (Faults.Strikes(FaultKind.AcceptFailure))
            return AcceptFailure(file);
        TcpConnection connection = file.Waiting.Peek();
        int fd = Open((SimSocket)connection.Far.Owner!);
        if (fd < 0)
            return fd;
        file.Waiting.Dequeue();
        file.WaitingSinceUs = World.NowUs;
        peer = SocketAddresses.From(connection.From);
        World.Note(Act.Accept, connection.Number, isNear: false, fd);
        Watcher.OnAccepted(connection);
        return fd;
    }

    private int AcceptFailure(SimListener file)
    {
        switch (Faults.Pick(4))
        {
            case 0:
                // The client was gone before it was taken.
                file.Waiting.Dequeue().Far.Close(withReset: true);
                return Fail(KernelError.ConnectionAborted);
            case 1:
                return Fail(KernelError.WouldBlock);
            case 2:
                return Fail(KernelError.Interrupted);
            default:
                return Short(s_shortages);
        }
    }

    public override int Connect(int fd, in SocketAddress address)
    {
        if (Find(fd) is not SimSocket socket)
            return -(int)KernelError.NotASocket;
        NetworkAddress to = SocketAddresses.ToNetworkAddress(address, unixListenerId: 0);
        bool isCheck = socket.DelaysAcknowledgement;
        if (Faults.Strikes(FaultKind.ConnectFailure))
        {
            if (!isCheck)
                Watcher.OnConnectFailed(to);
            return Faults.Pick(3) switch
            {
                0 => Fail(KernelError.NetworkUnreachable),
                1 => Fail(KernelError.ConnectionRefused),
                _ => Short([KernelError.AddressNotAvailable]),
            };
        }

        NetworkAddress from = NetworkAddress.FromIPv4(_address, FreePort());
        TcpConnection connection = Network.Connect(from, to, socket);
        connection.IsCheck = isCheck;
        socket.End = connection.Near;
        _byLocalPort[from.Port] = connection;
        if (HeaderDestinations.Contains(Network.Key(to)))
            connection.Near.Out.Content.ExpectHeader();
        if (!isCheck)
        {
            socket.CountedAt = Network.Key(to);
            _openTo[socket.CountedAt] = OpenTo(socket.CountedAt) + 1;
        }

        World.Note(Act.Connect, connection.Number, isNear: true, fd);
        Watcher.OnConnecting(connection);
        return -(int)KernelError.InProgress;
    }

    public override int Shutdown(int fd, ShutdownSide side)
    {
        TimePasses();
        if (Find(fd) is SimListener listener)
        {
            listener.Shut();
            return 0;
        }

        if (FindEnd(fd) is not { } end)
            return -(int)KernelError.NotConnected;
        World.Note(Act.Shutdown, end.Connection.Number, end.IsNear, fd);
        if (end.IsDead)
            return -(int)KernelError.NotConnected;
        end.Shutdown();
        return 0;
    }

    public override int SetOption(int fd, SocketOption option, int value)
    {
        if (Find(fd) is not SimSocket socket)
            return 0;
        if (option == SocketOption.LingerReset)
            socket.ClosesWithReset = value != 0;
        else if (option == SocketOption.NoDelay && socket.End is { } end)
            HoldBack(end, isHeldBack: false);
        else if (option == SocketOption.QuickAck)
            socket.DelaysAcknowledgement = value == 0;
        return 0;
    }

    public override int BindToInterface(int fd, string name) => 0;

    public override KernelError TakeError(int fd)
    {
        if (FindEnd(fd) is not { } end)
            return KernelError.None;
        KernelError error = end.Error;
        end.Error = KernelError.None;
        return error;
    }

    public override int LocalAddress(int fd, ref SocketAddress address)
    {
        NetworkAddress local = Find(fd) switch
        {
            SimSocket { End: { } end } => end.IsNear ? end.Connection.From : end.Connection.To,
            SimListener listener => listener.Address,
            SimSocket socket => socket.Bound,
            _ => default,
        };
        address = SocketAddresses.From(local);
        return 0;
    }

    public override int PeerAddress(int fd, ref SocketAddress address)
    {
        if (FindEnd(fd) is not { } end)
            return -(int)KernelError.NotConnected;
        address = SocketAddresses.From(end.IsNear ? end.Connection.To : end.Connection.From);
        return 0;
    }

    public override int MakeNonBlocking(int fd) => 0;

    private ushort FreePort()
    {
        for (int attempt = 0; ; attempt++)
        {
            int port = _nextPort;
            _nextPort = _nextPort == LastEphemeralPort ? FirstEphemeralPort : _nextPort + 1;
            if (_byLocalPort[port] is not { IsOver: false } || attempt > LastEphemeralPort)
                return (ushort)port;
        }
    }
}

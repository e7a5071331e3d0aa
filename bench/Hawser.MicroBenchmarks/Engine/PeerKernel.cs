using System;
using System.Text;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;

namespace Hawser.MicroBenchmarks.Engine;

/// <summary>
/// A kernel that costs next to nothing: behind each socket stands a peer that is always ready. Clients send one request
/// after the other, a server answers each at once. What a request costs over it is the engine's own time.
/// </summary>
internal sealed unsafe class PeerKernel : Kernel
{
    private const int Sockets = 1024;

    /// <summary>One turn's time: timers are armed and looked at, and none is due.</summary>
    private const long TurnMicroseconds = 20;

    private readonly byte[] _request;
    private readonly byte[] _response;
    private readonly bool _closes;
    private readonly Socket[] _sockets = new Socket[Sockets];
    private readonly int[] _free = new int[Sockets];
    private readonly int[] _ready = new int[Sockets];
    private int _freeCount;
    private int _readyCount;
    private int _clientsToCome;
    private int _listener = -1;
    private ulong _listenerToken;
    private long _microseconds = 1_000_000;

    private enum Kind : byte
    {
        None,
        Other,
        Client,
        Server,
    }

    private struct Socket
    {
        public Kind Kind;
        public bool HasData;
        public bool IsEnded;
        public bool IsQueued;
        public Readiness News;
        public ulong Token;
    }

    /// <param name="clients">Connections that are there at the same time.</param>
    /// <param name="closes">Each connection carries one request; a new one then takes its place.</param>
    public PeerKernel(string request, string response, int clients, bool closes)
    {
        _request = Encoding.ASCII.GetBytes(request);
        _response = Encoding.ASCII.GetBytes(response);
        _closes = closes;
        _clientsToCome = clients;
        for (int fd = Sockets - 1; fd > 2; fd--)
            _free[_freeCount++] = fd;
    }

    /// <summary>Answers that clients have got.</summary>
    public long Answers { get; private set; }

    public override Instant Now() => new(_microseconds / 1000);

    public override UnixTime WallClock() => new(1_700_000_000_000_000 + _microseconds);

    public override int OpenSocket(int family, bool datagram) => Take(datagram ? Kind.Other : Kind.Server);

    public override int Bind(int fd, in SocketAddress address) => 0;

    public override int Listen(int fd, int backlog)
    {
        _sockets[fd].Kind = Kind.Other;
        _listener = fd;
        return 0;
    }

    public override int Accept(int listener, ref SocketAddress peer)
    {
        if (_clientsToCome == 0) return -(int)KernelError.WouldBlock;
        _clientsToCome--;
        peer = SocketAddresses.From(NetworkAddress.FromIPv4(0x7F000001, 40000));
        int fd = Take(Kind.Client);
        _sockets[fd].HasData = true;
        return fd;
    }

    public override int Connect(int fd, in SocketAddress address) => -(int)KernelError.InProgress;

    public override int Receive(int fd, byte* buffer, int capacity)
    {
        ref Socket socket = ref _sockets[fd];
        if (!socket.HasData) return socket.IsEnded ? 0 : -(int)KernelError.WouldBlock;
        socket.HasData = false;
        byte[] data = socket.Kind == Kind.Client ? _request : _response;
        data.CopyTo(new Span<byte>(buffer, capacity));
        return data.Length;
    }

    public override int Peek(int fd, byte* buffer, int capacity) =>
        _sockets[fd].HasData ? 1 : _sockets[fd].IsEnded ? 0 : -(int)KernelError.WouldBlock;

    public override int Send(int fd, byte* data, int length, bool more)
    {
        ref Socket socket = ref _sockets[fd];
        if (socket.Kind == Kind.Client) Answers++;
        if (socket.Kind == Kind.Client && _closes) return length;
        socket.HasData = true;
        socket.IsEnded = _closes;
        Tell(fd, _closes ? Readiness.Readable | Readiness.Writable | Readiness.PeerClosed : Readiness.Readable | Readiness.Writable);
        return length;
    }

    public override int SendDatagram(int fd, ReadOnlySpan<byte> data, in SocketAddress destination) => data.Length;

    public override int Write(int fd, ReadOnlySpan<byte> data) => data.Length;

    public override int Read(int fd, Span<byte> buffer) => -(int)KernelError.WouldBlock;

    public override int OpenPipe(out int readEnd, out int writeEnd, int capacityBytes)
    {
        (readEnd, writeEnd) = (-1, -1);
        return -(int)KernelError.TooManyDescriptors;
    }

    public override int Splice(int source, int destination, int length, bool more) => -(int)KernelError.InvalidArgument;

    public override int Shutdown(int fd, ShutdownSide side) => 0;

    public override int Close(int fd)
    {
        if (_sockets[fd].Kind == Kind.Client) _clientsToCome++;
        _sockets[fd].Kind = Kind.None;
        _free[_freeCount++] = fd;
        return 0;
    }

    public override int SetOption(int fd, SocketOption option, int value) => 0;

    public override int BindToInterface(int fd, string name) => 0;

    public override KernelError TakeError(int fd) => KernelError.None;

    public override int UnreadBytes(int fd) => 0;

    public override int UnacknowledgedBytes(int fd) => 0;

    public override int LocalAddress(int fd, ref SocketAddress address)
    {
        address = SocketAddresses.From(NetworkAddress.FromIPv4(0x7F000001, 8080));
        return 0;
    }

    public override int PeerAddress(int fd, ref SocketAddress address) => LocalAddress(fd, ref address);

    public override int MakeNonBlocking(int fd) => 0;

    public override int OpenPoller() => Take(Kind.Other);

    public override int Watch(int poller, int fd, WatchMode mode, ulong token)
    {
        if (fd == _listener)
        {
            _listenerToken = token;
            return 0;
        }

        ref Socket socket = ref _sockets[fd];
        socket.Token = token;
        if (mode == WatchMode.EdgeBoth)
            Tell(fd, socket.HasData ? Readiness.Readable | Readiness.Writable : Readiness.Writable);
        return 0;
    }

    public override int Unwatch(int poller, int fd) => 0;

    public override int Wait(int poller, Span<ReadyEvent> events, int timeoutMs)
    {
        _microseconds += TurnMicroseconds;
        int count = 0;
        if (_clientsToCome > 0 && _listener >= 0)
            events[count++] = new ReadyEvent { Readiness = Readiness.Readable, Token = _listenerToken };
        int given = 0;
        for (; given < _readyCount && count < events.Length; given++)
        {
            ref Socket socket = ref _sockets[_ready[given]];
            socket.IsQueued = false;
            if (socket.Kind == Kind.None) continue;
            events[count++] = new ReadyEvent { Readiness = socket.News, Token = socket.Token };
            socket.News = Readiness.None;
        }

        Array.Copy(_ready, given, _ready, 0, _readyCount -= given);
        return count;
    }

    public override int OpenWakeUp() => Take(Kind.Other);

    public override void Wake(int wakeUp)
    {
    }

    public override void ClearWakeUp(int wakeUp)
    {
    }

    public override int DeleteFile(string path) => 0;

    public override int RenameFile(string from, string to) => 0;

    public override int SetFileMode(string path, int mode) => 0;

    public override int SetFileOwner(string path, int user, int group) => 0;

    private int Take(Kind kind)
    {
        int fd = _free[--_freeCount];
        bool isQueued = _sockets[fd].IsQueued;
        _sockets[fd] = new Socket { Kind = kind, IsQueued = isQueued };
        return fd;
    }

    private void Tell(int fd, Readiness news)
    {
        ref Socket socket = ref _sockets[fd];
        socket.News |= news;
        if (socket.IsQueued) return;
        socket.IsQueued = true;
        _ready[_readyCount++] = fd;
    }
}

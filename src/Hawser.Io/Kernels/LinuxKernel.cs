using System;
using System.Runtime.CompilerServices;
using System.Text;
using Hawser.Base.Time;
using Hawser.Io.Interop;

namespace Hawser.Io.Kernels;

/// <summary>The real kernel. Stateless: one instance serves every loop.</summary>
public sealed unsafe class LinuxKernel : Kernel
{
    public override Instant Now()
    {
        Libc.TimeSpecification time;
        Libc.clock_gettime(Libc.CLOCK_MONOTONIC, &time);
        return new Instant(time.Seconds * 1000 + time.Nanoseconds / 1_000_000);
    }

    public override UnixTime WallClock()
    {
        Libc.TimeSpecification time;
        Libc.clock_gettime(Libc.CLOCK_REALTIME, &time);
        return new UnixTime(time.Seconds * 1_000_000 + time.Nanoseconds / 1000);
    }

    public override int OpenSocket(int family, bool datagram)
    {
        int type = (datagram ? Libc.SOCK_DGRAM : Libc.SOCK_STREAM) | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC;
        return Result(Libc.socket(family, type, 0));
    }

    public override int ReopenSocket(int fd, int family)
    {
        int fresh = OpenSocket(family, datagram: false);
        if (fresh < 0)
            return fresh;
        int result = Result(Libc.dup3(fresh, fd, Libc.O_CLOEXEC));
        Close(fresh);
        return result;
    }

    public override int OpenMultipathSocket(int family) =>
        Result(Libc.socket(family, Libc.SOCK_STREAM | Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC, Libc.IPPROTO_MPTCP));

    public override int Bind(int fd, in SocketAddress address)
    {
        fixed (SocketAddress* given = &address)
            return Result(Libc.bind(fd, given, (uint)address.Length));
    }

    public override int Listen(int fd, int backlog) => Result(Libc.listen(fd, backlog));

    public override int Accept(int listener, ref SocketAddress peer)
    {
        uint length = SocketAddress.Capacity;
        fixed (SocketAddress* target = &peer)
        {
            int fd = Libc.accept4(listener, target, &length, Libc.SOCK_NONBLOCK | Libc.SOCK_CLOEXEC);
            if (fd < 0)
                return -Libc.Errno();
            peer.Length = (int)Math.Min(length, SocketAddress.Capacity);
            return fd;
        }
    }

    public override int Connect(int fd, in SocketAddress address)
    {
        fixed (SocketAddress* given = &address)
            return Result(Libc.connect(fd, given, (uint)address.Length));
    }

    public override int Receive(int fd, byte* buffer, int capacity) =>
        Result(Libc.Receive(fd, buffer, capacity));

    public override int Peek(int fd, byte* buffer, int capacity) =>
        Result(Libc.recv(fd, buffer, (nuint)capacity, Libc.MSG_PEEK));

    public override int Send(int fd, byte* data, int length, bool more) =>
        Result(Libc.Send(fd, data, length, more ? Libc.MSG_NOSIGNAL | Libc.MSG_MORE : Libc.MSG_NOSIGNAL));

    public override int SendDatagram(int fd, ReadOnlySpan<byte> data, in SocketAddress destination)
    {
        const int flags = Libc.MSG_NOSIGNAL | Libc.MSG_DONTWAIT;
        fixed (byte* bytes = data)
        fixed (SocketAddress* to = &destination)
        {
            return destination.Length == 0
                ? Result(Libc.send(fd, bytes, (nuint)data.Length, flags))
                : Result(Libc.sendto(fd, bytes, (nuint)data.Length, flags, to, (uint)destination.Length));
        }
    }

    [SkipLocalsInit]
    public override int SendDatagrams(ReadOnlySpan<Datagram> datagrams)
    {
        const int flags = Libc.MSG_NOSIGNAL | Libc.MSG_DONTWAIT;
        Libc.MessageOfMany* messages = stackalloc Libc.MessageOfMany[MaximumDatagrams];
        Libc.Vector* vectors = stackalloc Libc.Vector[MaximumDatagrams];
        int socket = datagrams[0].Socket;
        int count = 0;
        fixed (Datagram* given = datagrams)
        {
            for (; count < datagrams.Length && count < MaximumDatagrams && given[count].Socket == socket; count++)
            {
                Datagram* datagram = given + count;
                vectors[count] = new Libc.Vector { Base = datagram->Bytes, Length = (nuint)datagram->Length };
                messages[count] = new Libc.MessageOfMany
                {
                    Name = &datagram->Destination,
                    NameLength = (uint)datagram->Destination.Length,
                    Vectors = vectors + count,
                    VectorCount = 1,
                };
            }

            return Result(Libc.sendmmsg(socket, messages, (uint)count, flags));
        }
    }

    public override int Write(int fd, ReadOnlySpan<byte> data)
    {
        fixed (byte* bytes = data)
            return Result(Libc.write(fd, bytes, (nuint)data.Length));
    }

    public override int Read(int fd, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
            return Result(Libc.read(fd, bytes, (nuint)buffer.Length));
    }

    public override int OpenPipe(out int readEnd, out int writeEnd, int capacityBytes)
    {
        int* ends = stackalloc int[2];
        int result = Result(Libc.pipe2(ends, Libc.O_NONBLOCK | Libc.O_CLOEXEC));
        (readEnd, writeEnd) = result < 0 ? (-1, -1) : (ends[0], ends[1]);

        // A smaller pipe than asked for still works: the kernel's limit for unprivileged users is not an error.
        if (result >= 0 && capacityBytes > 0)
            Libc.fcntl(writeEnd, Libc.F_SETPIPE_SZ, capacityBytes);
        return result;
    }

    public override int Splice(int source, int destination, int length, bool more) =>
        Result(Libc.splice(source, null, destination, null, (nuint)length,
            Libc.SPLICE_F_MOVE | Libc.SPLICE_F_NONBLOCK | (more ? Libc.SPLICE_F_MORE : 0)));

    public override int Shutdown(int fd, ShutdownSide side) => Result(Libc.shutdown(fd, (int)side));

    public override int Close(int fd) => Result(Libc.close(fd));

    public override int SetOption(int fd, SocketOption option, int value)
    {
        if (option == SocketOption.LingerReset)
        {
            // struct linger { int l_onoff; int l_linger; }: on with a time of 0 makes close() send a reset.
            int* linger = stackalloc int[2] { value, 0 };
            return Result(Libc.setsockopt(fd, Libc.SOL_SOCKET, 13, linger, 8));
        }

        (int level, int name) = Number(option);
        return Result(Libc.setsockopt(fd, level, name, &value, sizeof(int)));
    }

    public override int GetOption(int fd, SocketOption option)
    {
        (int level, int name) = Number(option);
        int value = 0;
        uint length = sizeof(int);
        int result = Result(Libc.getsockopt(fd, level, name, &value, &length));
        return result < 0 ? result : value;
    }

    public override int BindToInterface(int fd, string name) => SetText(fd, Libc.SOL_SOCKET, 25, name);

    public override int SetCongestionControl(int fd, string algorithm) => SetText(fd, Libc.IPPROTO_TCP, 13, algorithm);

    public override KernelError TakeError(int fd)
    {
        int error = 0;
        uint length = sizeof(int);
        int result = Libc.getsockopt(fd, Libc.SOL_SOCKET, 4, &error, &length);
        return (KernelError)(result < 0 ? Libc.Errno() : error);
    }

    public override int UnreadBytes(int fd) => Queued(fd, Libc.SIOCINQ);

    public override int UnacknowledgedBytes(int fd) => Queued(fd, Libc.SIOCOUTQ);

    public override int LocalAddress(int fd, ref SocketAddress address)
    {
        uint length = SocketAddress.Capacity;
        fixed (SocketAddress* target = &address)
        {
            int result = Result(Libc.getsockname(fd, target, &length));
            address.Length = result < 0 ? 0 : (int)Math.Min(length, SocketAddress.Capacity);
            return result;
        }
    }

    public override int PeerAddress(int fd, ref SocketAddress address)
    {
        uint length = SocketAddress.Capacity;
        fixed (SocketAddress* target = &address)
        {
            int result = Result(Libc.getpeername(fd, target, &length));
            address.Length = result < 0 ? 0 : (int)Math.Min(length, SocketAddress.Capacity);
            return result;
        }
    }

    public override TcpFacts TcpFacts(int fd)
    {
        const int TcpInfo = 11;
        uint* words = stackalloc uint[64];
        uint length = 64 * sizeof(uint);
        // Fields of 32 bits behind eight bytes of smaller ones; an older kernel gives fewer of them.
        if (Libc.getsockopt(fd, Libc.IPPROTO_TCP, TcpInfo, words, &length) < 0 || length < 23 * sizeof(uint))
            return default;
        return new TcpFacts
        {
            IsKnown = true,
            Unacknowledged = words[6],
            SelectivelyAcknowledged = words[7],
            Lost = words[8],
            Retransmitted = words[9],
            ForwardAcknowledged = words[10],
            RoundTripMicroseconds = words[17],
            RoundTripVarianceMicroseconds = words[18],
            Reordering = words[22],
        };
    }

    public override int SavedSyn(int fd, Span<byte> packet)
    {
        const int TcpSavedSyn = 28;
        uint length = (uint)packet.Length;
        fixed (byte* target = packet)
        {
            int result = Result(Libc.getsockopt(fd, Libc.IPPROTO_TCP, TcpSavedSyn, target, &length));
            return result < 0 ? result : (int)length;
        }
    }

    public override int MakeNonBlocking(int fd)
    {
        int flags = Result(Libc.fcntl(fd, Libc.F_GETFL, 0));
        return flags < 0 ? flags : Result(Libc.fcntl(fd, Libc.F_SETFL, flags | Libc.O_NONBLOCK));
    }

    public override int OpenPoller() => Result(Libc.epoll_create1(Libc.O_CLOEXEC));

    public override int Watch(int poller, int fd, WatchMode mode, ulong token)
    {
        Libc.EpollEvent change = new()
        {
            Token = token,
            Events = mode switch
            {
                WatchMode.EdgeBoth => Libc.EPOLLIN | Libc.EPOLLOUT | Libc.EPOLLRDHUP | Libc.EPOLLET,
                WatchMode.LevelReadExclusive => Libc.EPOLLIN | Libc.EPOLLEXCLUSIVE,
                _ => Libc.EPOLLIN,
            },
        };
        return Result(Libc.epoll_ctl(poller, Libc.EPOLL_CTL_ADD, fd, &change));
    }

    public override int Unwatch(int poller, int fd)
    {
        Libc.EpollEvent ignored = default;
        return Result(Libc.epoll_ctl(poller, Libc.EPOLL_CTL_DEL, fd, &ignored));
    }

    [SkipLocalsInit]
    public override int Wait(int poller, Span<ReadyEvent> events, int timeoutMs)
    {
        int capacity = Math.Min(events.Length, MaximumEvents);
        Libc.EpollEvent* raw = stackalloc Libc.EpollEvent[capacity];
        int count = timeoutMs == 0
            ? Libc.epoll_poll(poller, raw, capacity, 0)
            : Libc.epoll_wait(poller, raw, capacity, timeoutMs);
        if (count < 0)
            return -Libc.Errno();
        for (int i = 0; i < count; i++)
        {
            events[i].Readiness = (Readiness)raw[i].Events;
            events[i].Token = raw[i].Token;
        }

        return count;
    }

    public override int OpenWakeUp() => Result(Libc.eventfd(0, Libc.EFD_NONBLOCK | Libc.EFD_CLOEXEC));

    public override void Wake(int wakeUp)
    {
        // Fails only when the counter is full, and then the descriptor is readable already.
        ulong one = 1;
        Libc.write(wakeUp, &one, sizeof(ulong));
    }

    public override void ClearWakeUp(int wakeUp)
    {
        ulong count;
        Libc.read(wakeUp, &count, sizeof(ulong));
    }

    public override int DeleteFile(string path)
    {
        fixed (byte* text = ZeroTerminated(path))
            return Result(Libc.unlink(text));
    }

    public override int RenameFile(string from, string to)
    {
        fixed (byte* old = ZeroTerminated(from))
        fixed (byte* given = ZeroTerminated(to))
            return Result(Libc.rename(old, given));
    }

    public override int SetFileMode(string path, int mode)
    {
        fixed (byte* text = ZeroTerminated(path))
            return Result(Libc.chmod(text, (uint)mode));
    }

    public override int SetFileOwner(string path, int user, int group)
    {
        fixed (byte* text = ZeroTerminated(path))
            return Result(Libc.chown(text, (uint)user, (uint)group));
    }

    /// <summary>Bounds the stack that a wait takes; "tune.maxpollevents" may ask for fewer.</summary>
    private const int MaximumEvents = 1024;

    /// <summary>Bounds the stack that a batch of datagrams takes; the rest is sent by the next call.</summary>
    private const int MaximumDatagrams = 64;

    private static int SetText(int fd, int level, int option, string value)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        fixed (byte* bytes = text)
            return Result(Libc.setsockopt(fd, level, option, bytes, (uint)text.Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Result(int returned) => returned >= 0 ? returned : -Libc.Errno();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Result(nint returned) => returned >= 0 ? (int)returned : -Libc.Errno();

    private static int Queued(int fd, nuint request)
    {
        int count = 0;
        return Libc.ioctl(fd, request, &count) < 0 ? -Libc.Errno() : count;
    }

    private static byte[] ZeroTerminated(string path)
    {
        byte[] text = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, text);
        return text;
    }

    /// <summary>Level and name of each option (asm-generic/socket.h, linux/tcp.h, linux/in.h, linux/in6.h).</summary>
    private static (int Level, int Name) Number(SocketOption option) => option switch
    {
        SocketOption.ReuseAddress => (Libc.SOL_SOCKET, 2),
        SocketOption.ReusePort => (Libc.SOL_SOCKET, 15),
        SocketOption.KeepAlive => (Libc.SOL_SOCKET, 9),
        SocketOption.KeepAliveIdleSeconds => (Libc.IPPROTO_TCP, 4),
        SocketOption.KeepAliveIntervalSeconds => (Libc.IPPROTO_TCP, 5),
        SocketOption.KeepAliveCount => (Libc.IPPROTO_TCP, 6),
        SocketOption.NoDelay => (Libc.IPPROTO_TCP, 1),
        SocketOption.QuickAck => (Libc.IPPROTO_TCP, 12),
        SocketOption.DeferAcceptSeconds => (Libc.IPPROTO_TCP, 9),
        SocketOption.FastOpenQueue => (Libc.IPPROTO_TCP, 23),
        SocketOption.FastOpenConnect => (Libc.IPPROTO_TCP, 30),
        SocketOption.UserTimeoutMs => (Libc.IPPROTO_TCP, 18),
        SocketOption.MaximumSegment => (Libc.IPPROTO_TCP, 2),
        SocketOption.ReceiveBufferBytes => (Libc.SOL_SOCKET, 8),
        SocketOption.SendBufferBytes => (Libc.SOL_SOCKET, 7),
        SocketOption.IPv6Only => (Libc.IPPROTO_IPV6, 26),
        SocketOption.Transparent => (Libc.SOL_IP, 19),
        SocketOption.Transparent6 => (Libc.IPPROTO_IPV6, 75),
        SocketOption.FreeBind => (Libc.SOL_IP, 15),
        SocketOption.Mark => (Libc.SOL_SOCKET, 36),
        SocketOption.TypeOfService => (Libc.SOL_IP, 1),
        SocketOption.TrafficClass => (Libc.IPPROTO_IPV6, 67),
        SocketOption.BindAddressNoPort => (Libc.SOL_IP, 24),
        SocketOption.TimeToLive => (Libc.SOL_IP, 2),
        SocketOption.HopLimit => (Libc.IPPROTO_IPV6, 16),
        SocketOption.Repair => (Libc.IPPROTO_TCP, 19),
        SocketOption.NotSentLowWaterBytes => (Libc.IPPROTO_TCP, 25),
        SocketOption.SaveSyn => (Libc.IPPROTO_TCP, 27),
        _ => throw new ArgumentOutOfRangeException(nameof(option)),
    };
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hawser.Io.Interop;

/// <summary>
/// The C library's socket and poll functions, as Linux on 64 bits declares them.
/// A call that can never block carries SuppressGCTransition: it costs a plain call. One that may wait (epoll_wait)
/// must not: a thread inside such a call cannot be stopped for a collection.
/// The others return -1 and leave the reason in errno, which <see cref="Errno"/> reads at once.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    [LibraryImport(Library)]
    [SuppressGCTransition]
    private static partial int* __errno_location();

    /// <summary>The reason of the last failed call on this thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Errno() => *__errno_location();

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int bind(int fd, void* address, uint length);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int listen(int fd, int backlog);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int accept4(int fd, void* address, uint* length, int flags);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int connect(int fd, void* address, uint length);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial nint recv(int fd, void* buffer, nuint length, int flags);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial nint send(int fd, void* buffer, nuint length, int flags);

    /// <summary>
    /// recv(2), past the C library's entry: that one is a cancellation point, which in a process with several threads
    /// turns asynchronous cancellation on and off around each call, with two locked instructions.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Receive(int fd, void* buffer, int length) =>
        Number.Receive != 0 ? syscall(Number.Receive, fd, buffer, length, 0, null, null) : recv(fd, buffer, (nuint)length, 0);

    /// <summary>send(2), by the same way as <see cref="Receive"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Send(int fd, void* buffer, int length, int flags) =>
        Number.Send != 0 ? syscall(Number.Send, fd, buffer, length, flags, null, null) : send(fd, buffer, (nuint)length, flags);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    private static partial nint syscall(nint number, nint fd, void* buffer, nint length, nint flags, void* address, void* addressLength);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int sendmmsg(int fd, MessageOfMany* messages, uint count, int flags);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial nint sendto(int fd, void* buffer, nuint length, int flags, void* address, uint addressLength);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial nint write(int fd, void* buffer, nuint length);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial nint read(int fd, void* buffer, nuint length);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int dup3(int from, int to, int flags);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int shutdown(int fd, int how);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int close(int fd);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int setsockopt(int fd, int level, int name, void* value, uint length);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int getsockopt(int fd, int level, int name, void* value, uint* length);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int getsockname(int fd, void* address, uint* length);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int getpeername(int fd, void* address, uint* length);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int ioctl(int fd, nuint request, int* value);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int fcntl(int fd, int command, nint argument);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int pipe2(int* ends, int flags);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial nint splice(int input, long* inputOffset, int output, long* outputOffset, nuint length, uint flags);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int epoll_create1(int flags);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int epoll_ctl(int poller, int operation, int fd, EpollEvent* change);

    /// <summary>With a timeout of 0 it cannot block; the caller picks this entry for a poll, <see cref="epoll_wait"/> for a wait.</summary>
    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    [SuppressGCTransition]
    public static partial int epoll_poll(int poller, EpollEvent* events, int capacity, int timeout);

    [LibraryImport(Library)]
    public static partial int epoll_wait(int poller, EpollEvent* events, int capacity, int timeout);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int eventfd(uint initial, int flags);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int clock_gettime(int clock, TimeSpecification* time);

    [LibraryImport(Library)]
    public static partial int unlink(byte* path);

    [LibraryImport(Library)]
    public static partial int rename(byte* from, byte* to);

    [LibraryImport(Library)]
    public static partial int chmod(byte* path, uint mode);

    [LibraryImport(Library)]
    public static partial int chown(byte* path, uint user, uint group);

    /// <summary>struct epoll_event, which x86-64 packs.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct EpollEvent
    {
        public uint Events;
        public ulong Token;
    }

    /// <summary>struct iovec.</summary>
    public struct Vector
    {
        public void* Base;
        public nuint Length;
    }

    /// <summary>struct mmsghdr: what is used of a struct msghdr, and behind its 56 bytes how much was sent.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    public struct MessageOfMany
    {
        [FieldOffset(0)]
        public void* Name;

        [FieldOffset(8)]
        public uint NameLength;

        [FieldOffset(16)]
        public Vector* Vectors;

        [FieldOffset(24)]
        public nuint VectorCount;
    }

    /// <summary>Numbers of sendto and recvfrom where this project knows them (asm/unistd.h); 0: the C library's entry is used.</summary>
    private static class Number
    {
        public static readonly nint Send = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 44,
            Architecture.Arm64 => 206,
            _ => 0,
        };

        public static readonly nint Receive = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 45,
            Architecture.Arm64 => 207,
            _ => 0,
        };
    }

    public struct TimeSpecification
    {
        public long Seconds;
        public long Nanoseconds;
    }

    public const int AF_UNSPEC = 0, AF_UNIX = 1, AF_INET = 2, AF_INET6 = 10;
    public const int SOCK_STREAM = 1, SOCK_DGRAM = 2, SOCK_NONBLOCK = 0x800, SOCK_CLOEXEC = 0x80000;
    public const int SOL_SOCKET = 1, IPPROTO_IP = 0, IPPROTO_TCP = 6, IPPROTO_IPV6 = 41, IPPROTO_MPTCP = 262, SOL_IP = 0;
    public const int MSG_NOSIGNAL = 0x4000, MSG_DONTWAIT = 0x40, MSG_MORE = 0x8000, MSG_PEEK = 2;
    public const int O_NONBLOCK = 0x800, O_CLOEXEC = 0x80000;
    public const int F_GETFD = 1, F_GETFL = 3, F_SETFL = 4, F_SETPIPE_SZ = 1031;
    public const int EPOLL_CTL_ADD = 1, EPOLL_CTL_DEL = 2, EPOLL_CTL_MOD = 3;
    public const uint EPOLLIN = 1, EPOLLOUT = 4, EPOLLERR = 8, EPOLLHUP = 16, EPOLLRDHUP = 0x2000;
    public const uint EPOLLEXCLUSIVE = 1u << 28, EPOLLET = 1u << 31;
    public const int EFD_NONBLOCK = 0x800, EFD_CLOEXEC = 0x80000;
    public const uint SPLICE_F_MOVE = 1, SPLICE_F_NONBLOCK = 2, SPLICE_F_MORE = 4;
    public const int CLOCK_REALTIME = 0, CLOCK_MONOTONIC = 1;

    // linux/sockios.h: bytes waiting in the receive queue, bytes not yet acknowledged in the send queue.
    public const nuint SIOCINQ = 0x541B, SIOCOUTQ = 0x5411;
}

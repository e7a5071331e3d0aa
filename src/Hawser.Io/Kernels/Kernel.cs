using System;
using Hawser.Base.Time;

namespace Hawser.Io.Kernels;

/// <summary>
/// The seam below everything that touches the outside: one small method per system call.
/// The shipped binary has one implementation, <see cref="LinuxKernel"/>, which the ahead-of-time compiler then calls
/// directly; tests script short reads, stalls, resets and clock jumps through their own.
/// Every method returns at once but <see cref="Wait"/>. A result of 0 or more is success; a failure is the negated
/// <see cref="KernelError"/>. Nothing throws. All descriptors are non-blocking and closed on exec.
/// </summary>
public abstract unsafe class Kernel
{
    public abstract Instant Now();

    public abstract UnixTime WallClock();

    /// <summary>A TCP or UNIX stream socket, or a datagram socket, for an address's family.</summary>
    public abstract int OpenSocket(int family, bool datagram);

    /// <summary>
    /// A stream socket that nothing is bound to takes a descriptor's number: whatever the old one was bound to is free.
    /// </summary>
    public virtual int ReopenSocket(int fd, int family) => -(int)KernelError.OperationNotSupported;

    /// <summary>A Multipath TCP socket. A kernel may know no such protocol.</summary>
    public virtual int OpenMultipathSocket(int family) => -(int)KernelError.ProtocolNotSupported;

    public abstract int Bind(int fd, in SocketAddress address);

    public abstract int Listen(int fd, int backlog);

    /// <summary>The next connection of a listener; <paramref name="peer"/> is empty for an unnamed UNIX peer.</summary>
    public abstract int Accept(int listener, ref SocketAddress peer);

    /// <summary>0, or <see cref="KernelError.InProgress"/>: writable means decided, then <see cref="TakeError"/> tells.</summary>
    public abstract int Connect(int fd, in SocketAddress address);

    /// <summary>Bytes read; 0 when the peer has closed and everything was read.</summary>
    public abstract int Receive(int fd, byte* buffer, int capacity);

    /// <summary>As <see cref="Receive"/>, leaving the bytes in the queue.</summary>
    public abstract int Peek(int fd, byte* buffer, int capacity);

    /// <summary>Bytes taken by the kernel, perhaps fewer than given. Never raises SIGPIPE.</summary>
    /// <param name="more">True when more follows at once: the kernel may wait to fill a segment.</param>
    public abstract int Send(int fd, byte* data, int length, bool more);

    /// <summary>One datagram, whole or not at all. An empty address sends to the connected peer.</summary>
    public abstract int SendDatagram(int fd, ReadOnlySpan<byte> data, in SocketAddress destination);

    /// <summary>
    /// Those at the beginning that leave by one socket. How many were sent; when it was not even the first, that one's error.
    /// </summary>
    public virtual int SendDatagrams(ReadOnlySpan<Datagram> datagrams)
    {
        for (int sent = 0; sent < datagrams.Length; sent++)
        {
            ref readonly Datagram datagram = ref datagrams[sent];
            int result = SendDatagram(datagram.Socket, new ReadOnlySpan<byte>(datagram.Bytes, datagram.Length), in datagram.Destination);
            if (result < 0) return sent == 0 ? result : sent;
        }

        return datagrams.Length;
    }

    /// <summary>write(2): for standard output and inherited descriptors, which may be files or pipes.</summary>
    public abstract int Write(int fd, ReadOnlySpan<byte> data);

    /// <summary>read(2): for wake-ups and signal descriptors.</summary>
    public abstract int Read(int fd, Span<byte> buffer);

    public abstract int OpenPipe(out int readEnd, out int writeEnd, int capacityBytes);

    /// <summary>Bytes moved between a socket and a pipe without passing through user space.</summary>
    public abstract int Splice(int source, int destination, int length, bool more);

    public abstract int Shutdown(int fd, ShutdownSide side);

    public abstract int Close(int fd);

    public abstract int SetOption(int fd, SocketOption option, int value);

    /// <summary>The value, or the negated error. A kernel may tell none.</summary>
    public virtual int GetOption(int fd, SocketOption option) => -(int)KernelError.OperationNotSupported;

    /// <summary>SO_BINDTODEVICE.</summary>
    public abstract int BindToInterface(int fd, string name);

    /// <summary>TCP_CONGESTION: an algorithm's name as the kernel knows it. A kernel may have none to choose from.</summary>
    public virtual int SetCongestionControl(int fd, string algorithm) => -(int)KernelError.OperationNotSupported;

    /// <summary>The pending error of a socket, read and cleared (SO_ERROR); <see cref="KernelError.None"/> if none.</summary>
    public abstract KernelError TakeError(int fd);

    /// <summary>Bytes that arrived and were not read (SIOCINQ).</summary>
    public abstract int UnreadBytes(int fd);

    /// <summary>Bytes (and a FIN, counted as one) sent and not acknowledged by the peer's kernel (SIOCOUTQ).</summary>
    public abstract int UnacknowledgedBytes(int fd);

    /// <summary>TCP_INFO. A kernel may measure nothing.</summary>
    public virtual TcpFacts TcpFacts(int fd) => default;

    /// <summary>TCP_SAVED_SYN: the packet that a connection began with, once; its bytes, or the negated error.</summary>
    public virtual int SavedSyn(int fd, Span<byte> packet) => -(int)KernelError.OperationNotSupported;

    public abstract int LocalAddress(int fd, ref SocketAddress address);

    public abstract int PeerAddress(int fd, ref SocketAddress address);

    /// <summary>Makes an inherited descriptor non-blocking.</summary>
    public abstract int MakeNonBlocking(int fd);

    public abstract int OpenPoller();

    public abstract int Watch(int poller, int fd, WatchMode mode, ulong token);

    public abstract int Unwatch(int poller, int fd);

    /// <summary>Fills <paramref name="events"/>; waits at most the given time: 0 polls, negative waits without limit.</summary>
    public abstract int Wait(int poller, Span<ReadyEvent> events, int timeoutMs);

    /// <summary>A descriptor that <see cref="Wake"/> makes readable, from any thread.</summary>
    public abstract int OpenWakeUp();

    public abstract void Wake(int wakeUp);

    public abstract void ClearWakeUp(int wakeUp);

    public abstract int DeleteFile(string path);

    public abstract int RenameFile(string from, string to);

    public abstract int SetFileMode(string path, int mode);

    /// <summary>chown(2); -1 leaves the user or the group as it is.</summary>
    public abstract int SetFileOwner(string path, int user, int group);
}

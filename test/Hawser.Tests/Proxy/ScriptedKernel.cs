using System;
using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Io.Kernels;

namespace Hawser.Tests.Proxy;

/// <summary>What becomes of one connect(2).</summary>
/// <param name="Immediate">What the call itself returns; InProgress leaves it to the rest.</param>
/// <param name="Later">The error found when the connection is decided; None connects.</param>
/// <param name="IsSilent">Nothing ever comes back.</param>
internal readonly record struct ConnectScript(KernelError Immediate, KernelError Later, bool IsSilent)
{
    public static readonly ConnectScript Accepted = new(KernelError.InProgress, KernelError.None, false);
    public static readonly ConnectScript Refused = new(KernelError.InProgress, KernelError.ConnectionRefused, false);
    public static readonly ConnectScript Silent = new(KernelError.InProgress, KernelError.None, true);

    public static ConnectScript FailsAtOnce(KernelError error) => new(error, KernelError.None, false);
}

/// <summary>
/// A kernel without a network and with its own clock: <see cref="Wait"/> does not wait, it moves the clock to the next
/// deadline. Connections end as scripted; what the code under test did is kept for the assertions. One loop only.
/// </summary>
internal sealed unsafe class ScriptedKernel : Kernel
{
    private readonly Dictionary<int, ulong> _tokens = [];
    private readonly Dictionary<int, ConnectScript> _connections = [];
    private readonly Queue<ReadyEvent> _ready = new();
    private int _nextDescriptor = 10;
    private bool _isAwake;

    /// <summary>Virtual time; the loop starts at 1,000,000 ms.</summary>
    public long NowMs { get; private set; } = 1_000_000;

    /// <summary>The wait never moves the clock past this.</summary>
    public long HorizonMs { get; set; } = long.MaxValue;

    public Func<SocketAddress, ConnectScript> OnConnect { get; set; } = _ => ConnectScript.Accepted;

    public KernelError BindError { get; set; }

    public KernelError SocketError { get; set; }

    /// <summary>A listener whose queue of clients never empties; -1 for none.</summary>
    public int BusyListener { get; set; } = -1;

    /// <summary>What accept(2) fails with.</summary>
    public KernelError AcceptError { get; set; }

    /// <summary>When accept(2) was called.</summary>
    public List<long> AcceptsMs { get; } = [];

    /// <summary>When connect(2) was called.</summary>
    public List<long> ConnectsMs { get; } = [];

    public List<SocketAddress> Destinations { get; } = [];

    public List<byte[]> Sent { get; } = [];

    public List<(SocketOption Option, int Value)> OptionsSet { get; } = [];

    public HashSet<int> OpenDescriptors { get; } = [];

    /// <summary>Time goes by while something else is done.</summary>
    public void Pass(long milliseconds) => NowMs += milliseconds;

    public override Instant Now() => new(NowMs);

    public override UnixTime WallClock() => new(NowMs * 1000);

    public override int OpenSocket(int family, bool datagram)
    {
        if (SocketError != KernelError.None)
            return -(int)SocketError;
        OpenDescriptors.Add(++_nextDescriptor);
        return _nextDescriptor;
    }

    public override int Bind(int fd, in SocketAddress address) => -(int)BindError;

    public override int Connect(int fd, in SocketAddress address)
    {
        ConnectsMs.Add(NowMs);
        Destinations.Add(address);
        ConnectScript script = OnConnect(address);
        _connections[fd] = script;
        return -(int)script.Immediate;
    }

    public override KernelError TakeError(int fd) => _connections[fd].Later;

    public override int Send(int fd, byte* data, int length, bool more)
    {
        Sent.Add(new ReadOnlySpan<byte>(data, length).ToArray());
        return length;
    }

    public override int SetOption(int fd, SocketOption option, int value)
    {
        OptionsSet.Add((option, value));
        return 0;
    }

    public override int Close(int fd)
    {
        _tokens.Remove(fd);
        _connections.Remove(fd);
        return OpenDescriptors.Remove(fd) ? 0 : -(int)KernelError.BadDescriptor;
    }

    public override int LocalAddress(int fd, ref SocketAddress address)
    {
        // 127.0.0.1:4660
        byte[] local = [2, 0, 0x12, 0x34, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        local.CopyTo(address.Bytes);
        address.Length = local.Length;
        return 0;
    }

    public override int OpenPoller() => 1;

    public override int OpenWakeUp() => 2;

    public override void Wake(int wakeUp) => _isAwake = true;

    public override void ClearWakeUp(int wakeUp)
    {
    }

    public override int Watch(int poller, int fd, WatchMode mode, ulong token)
    {
        _tokens[fd] = token;
        if (_connections.TryGetValue(fd, out ConnectScript script) && !script.IsSilent)
        {
            Readiness readiness = script.Later == KernelError.None
                ? Readiness.Writable
                : Readiness.Writable | Readiness.Error | Readiness.HangUp;
            _ready.Enqueue(new ReadyEvent { Readiness = readiness, Token = token });
        }

        return 0;
    }

    public override int Unwatch(int poller, int fd) => _tokens.Remove(fd) ? 0 : -(int)KernelError.NoSuchFile;

    public override int Wait(int poller, Span<ReadyEvent> events, int timeoutMs)
    {
        int count = 0;
        while (count < events.Length - 1 && _ready.TryDequeue(out ReadyEvent ready))
            events[count++] = ready;
        if (_tokens.TryGetValue(BusyListener, out ulong busy))
            events[count++] = new ReadyEvent { Readiness = Readiness.Readable, Token = busy };
        if (count == 0 && !_isAwake && timeoutMs != 0)
        {
            long until = timeoutMs < 0 ? HorizonMs : NowMs + timeoutMs;
            NowMs = Math.Max(NowMs, Math.Min(until, HorizonMs));
        }

        _isAwake = false;
        return count;
    }

    public override int Listen(int fd, int backlog) => throw Unscripted();

    public override int Accept(int listener, ref SocketAddress peer)
    {
        if (AcceptError == KernelError.None)
            throw Unscripted();
        AcceptsMs.Add(NowMs);
        return -(int)AcceptError;
    }

    public override int Receive(int fd, byte* buffer, int capacity) => throw Unscripted();

    public override int Peek(int fd, byte* buffer, int capacity) => throw Unscripted();

    public override int SendDatagram(int fd, ReadOnlySpan<byte> data, in SocketAddress destination) => throw Unscripted();

    public override int Write(int fd, ReadOnlySpan<byte> data) => throw Unscripted();

    public override int Read(int fd, Span<byte> buffer) => throw Unscripted();

    public override int OpenPipe(out int readEnd, out int writeEnd, int capacityBytes) => throw Unscripted();

    public override int Splice(int source, int destination, int length, bool more) => throw Unscripted();

    public override int Shutdown(int fd, ShutdownSide side) => throw Unscripted();

    public override int BindToInterface(int fd, string name) => throw Unscripted();

    public override int UnreadBytes(int fd) => throw Unscripted();

    public override int UnacknowledgedBytes(int fd) => throw Unscripted();

    public override int PeerAddress(int fd, ref SocketAddress address) => throw Unscripted();

    public override int MakeNonBlocking(int fd) => throw Unscripted();

    public override int DeleteFile(string path) => throw Unscripted();

    public override int RenameFile(string from, string to) => throw Unscripted();

    public override int SetFileMode(string path, int mode) => throw Unscripted();

    public override int SetFileOwner(string path, int user, int group) => throw Unscripted();

    private static NotSupportedException Unscripted() => new("no test has needed this call yet");
}

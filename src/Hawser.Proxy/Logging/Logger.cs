using System;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Protocols.Syslog;

namespace Hawser.Proxy.Logging;

/// <summary>Told once per target, when its first message is dropped.</summary>
public delegate void LogFailureHandler(LogTarget target, KernelError error);

/// <summary>
/// Writes log lines and sends them. One per loop and used by that loop only: it owns one unbound datagram socket per
/// address family, opened when first needed. Nothing blocks, allocates or throws; what cannot be sent at once is
/// dropped and counted.
/// </summary>
/// <remarks>
/// Once it has a loop (<see cref="Attach"/>), lines for UDP leave together at the end of the loop's turn. Those for unix
/// sockets do not wait: the kernel lets a reader there lag behind by as few as ten datagrams (net.unix.max_dgram_qlen).
/// </remarks>
public sealed class Logger : LoopJob
{
    private const int NoSocket = -1;

    /// <summary>The default of "tune.bufsize".</summary>
    private const int ScratchBytes = 16384;

    private readonly Kernel _kernel;
    private readonly LogFailureHandler _onFirstFailure;
    private readonly SessionLogSource _source;
    private readonly byte[] _message;
    private readonly byte[] _structuredData;
    private readonly byte[] _line;
    private int _ipv4Socket = NoSocket;
    private int _ipv6Socket = NoSocket;
    private int _unixSocket = NoSocket;
    private EventLoop? _loop;

    // What waits for the end of the turn, and for whom; made with the first line.
    private DatagramBatch? _batch;
    private readonly LogTarget[] _batchTargets = new LogTarget[DatagramBatch.Capacity];

    public Logger(Kernel kernel, LogProcess process, LogFailureHandler onFirstFailure)
    {
        _kernel = kernel;
        _onFirstFailure = onFirstFailure;
        _source = new SessionLogSource(new SessionLogRecord(), process, new Scratch(ScratchBytes));

        // HAProxy builds a text in a buffer of the longest line of all targets, one byte of it a terminator.
        _message = new byte[process.MaximumLineBytes - 1];
        _structuredData = new byte[process.MaximumLineBytes - 1];
        _line = new byte[process.MaximumLineBytes];
    }

    /// <summary>
    /// Logs a session at the step its proxy asks for (<see cref="ProxyLogging.Step"/>). Honours
    /// "option dontlog-normal" and "option log-separate-errors".
    /// </summary>
    /// <returns>Whether there was a line: what %lc counts.</returns>
    public bool LogSession(ProxyLogging settings, SessionLogRecord record)
    {
        if (settings.DontLogNormal && !record.IsAbnormal) return false;
        return LogByRule(settings, record, profile: null);
    }

    /// <summary>"do-log": as <see cref="LogSession"/>, whatever "option dontlog-normal" says.</summary>
    /// <param name="profile">Instead of those of the targets; null: theirs.</param>
    public bool LogByRule(ProxyLogging settings, SessionLogRecord record, LogProfile? profile)
    {
        if (settings.Format is null || settings.Targets.IsEmpty || record.IsSilent) return false;
        SyslogLevel level = record.IsAbnormal && settings.SeparatesErrors ? SyslogLevel.Err : record.Level;
        LogFormat? format = record.Client.IsUnix && settings.UnixFormat is { } forUnix ? forUnix : settings.Format;
        if (record.Origin is LogOrigin.SessionError) format = settings.ErrorFormat ?? format;
        bool isDefaultLine = settings.IsDefault && settings.Steps == 0;
        // The default line is made at one step only; what profiles and rules add to it has no format without them.
        if (isDefaultLine && record.Origin != LogOrigin.Accept && record.Origin >= LogOrigin.TcpRequestConnection) format = null;
        Prepare(record);
        return Send(settings, level, record.Origin, format, default, profile, isDefaultLine && record.Origin == LogOrigin.Accept);
    }

    /// <summary>
    /// Logs a connection that ended before it was a session (manual, section 8.2.5): by "error-log-format", or as
    /// address, date, listener and <paramref name="message"/>. As in HAProxy, a proxy with the default format says
    /// nothing here.
    /// </summary>
    public bool LogConnectionError(ProxyLogging settings, SessionLogRecord record, ReadOnlySpan<byte> message)
    {
        if (settings.Targets.IsEmpty) return false;
        if (settings.Step == LogStep.Accept && settings.ErrorFormat is null) return false;
        SyslogLevel level = settings.SeparatesErrors ? SyslogLevel.Err : SyslogLevel.Info;
        Prepare(record);
        return Send(settings, level, record.Origin, settings.ErrorFormat, message, profile: null, isFixed: false);
    }

    /// <summary>Logs something that happened to a proxy or a server: start, stop, UP, DOWN.</summary>
    /// <param name="settings">Whose targets; the global section's for what concerns the process.</param>
    /// <param name="text">UTF-8, without line feed.</param>
    public void LogEvent(ProxyLogging settings, SyslogLevel level, ReadOnlySpan<byte> text)
    {
        if (settings.Targets.IsEmpty || text.IsEmpty) return;
        _source.LineTime = _kernel.WallClock();
        ReadOnlySpan<byte> message = text[..Math.Min(text.Length, _message.Length)];
        foreach (LogTarget target in settings.Targets)
        {
            if (level <= target.MaximumLevel && target.TakesNext())
                Write(target, target.Profile?.Sender ?? settings.Sender, level, default, message);
        }
    }

    /// <summary>
    /// Opens the sockets that targets will need, so that the message about missing descriptors has one, and makes
    /// inherited descriptors non-blocking, so that a reader of our standard output who stops reading stops nothing.
    /// </summary>
    public void Prepare(ProxyLogging settings)
    {
        foreach (LogTarget target in settings.Targets)
        {
            if (target.FileDescriptor < 0)
                _ = SocketFor(target.Address.Family);
            else
                _ = _kernel.MakeNonBlocking(target.FileDescriptor);
        }
    }

    /// <summary>From now on lines may wait for the end of this loop's turn.</summary>
    public void Attach(EventLoop loop) => _loop = loop;

    /// <summary>The loop turns no more: sends what waits, and each line at once from now on.</summary>
    public void Detach()
    {
        _loop = null;
        Flush();
    }

    /// <summary>The end of the turn.</summary>
    public override void Run(EventLoop loop) => Flush();

    /// <summary>Sends what waits.</summary>
    public void Flush()
    {
        if (_batch is null) return;
        for (ReadOnlySpan<Datagram> left = _batch.Datagrams; !left.IsEmpty;)
        {
            int sent = _kernel.SendDatagrams(left);
            if (sent <= 0)
            {
                Drop(_batchTargets[_batch.Count - left.Length], sent);
                sent = 1;
            }

            left = left[sent..];
        }

        _batch.Clear();
    }

    /// <summary>Sends what waits and closes the sockets. Inherited descriptors stay open.</summary>
    public void Close()
    {
        Flush();
        _batch?.Dispose();
        _batch = null;
        CloseSocket(ref _ipv4Socket);
        CloseSocket(ref _ipv6Socket);
        CloseSocket(ref _unixSocket);
    }

    private void Prepare(SessionLogRecord record)
    {
        _source.Record = record;
        _source.LineTime = _kernel.WallClock();
    }

    /// <summary>One line to each target, in its own format where its profile has one.</summary>
    /// <param name="format">Null: <paramref name="message"/> is the text of a connection that failed, unless it is empty.</param>
    /// <param name="isFixed">Profiles change the header only.</param>
    private bool Send(
        ProxyLogging settings, SyslogLevel level, LogOrigin origin, LogFormat? format, ReadOnlySpan<byte> message,
        LogProfile? profile, bool isFixed)
    {
        LogFormat? written = null;
        LogFormat? writtenData = null;
        int length = -1;
        int dataLength = 0;
        bool isSent = false;
        foreach (LogTarget target in settings.Targets)
        {
            if (level > target.MaximumLevel || !target.TakesNext()) continue;
            LogProfile? chosen = profile ?? target.Profile;
            LogProfileStep? step = isFixed ? null : chosen?.At(origin);
            if (step is { IsDropped: true }) continue;
            LogFormat? wanted = step?.Format ?? format;
            if (wanted is null && message.IsEmpty) continue;
            // A text for several targets is made once.
            if (length < 0 || !ReferenceEquals(wanted, written))
            {
                length = wanted?.Write(_source, _message) ?? ConnectionErrorLine.Write(_source, message, _message);
                written = wanted;
            }

            if (length == 0) continue;
            LogFormat? data = target.Format == SyslogFormat.Rfc5424 ? step?.StructuredData ?? settings.StructuredData : null;
            if (data is not null && !ReferenceEquals(data, writtenData))
            {
                dataLength = data.Write(_source, _structuredData);
                writtenData = data;
            }

            Write(target, chosen?.Sender ?? settings.Sender, level, data is null ? default : _structuredData.AsSpan(..dataLength), _message.AsSpan(..length));
            isSent = true;
        }

        return isSent;
    }

    private void Write(LogTarget target, SyslogSender sender, SyslogLevel level, ReadOnlySpan<byte> structuredData, ReadOnlySpan<byte> message)
    {
        SyslogMessage whole = new()
        {
            Format = target.Format,
            Sender = sender,
            Facility = target.Facility,
            Level = Math.Max((int)level, (int)target.MinimumLevel),
            Time = _source.Now,
            StructuredData = structuredData,
            Text = message,
        };
        int length = whole.Write(_source.Dates, _line.AsSpan(..target.MaximumLineBytes));
        Emit(target, _line.AsSpan(..length));
    }

    private void Emit(LogTarget target, ReadOnlySpan<byte> line)
    {
        int result = target.FileDescriptor >= 0
            ? _kernel.Write(target.FileDescriptor, line)
            : SendDatagram(target, line);
        if (result != line.Length) Drop(target, result);
    }

    private void Drop(LogTarget target, int result)
    {
        if (target.CountDropped())
            _onFirstFailure(target, result < 0 ? (KernelError)(-result) : KernelError.NoBufferSpace);
    }

    /// <returns>The length when it was sent or waits.</returns>
    private int SendDatagram(LogTarget target, ReadOnlySpan<byte> line)
    {
        ref readonly SocketAddress destination = ref target.Address;
        int socket = SocketFor(destination.Family);
        if (socket < 0) return socket;
        if (_loop is null || destination.Family == SocketAddresses.UnixFamily) return _kernel.SendDatagram(socket, line, in destination);
        _batch ??= new DatagramBatch(_line.Length);
        if (!_batch.TryAdd(socket, line, in destination))
        {
            Flush();
            _batch.TryAdd(socket, line, in destination);
        }

        _batchTargets[_batch.Count - 1] = target;
        _loop.Schedule(this);
        return line.Length;
    }

    /// <summary>The descriptor, or the negated error.</summary>
    private int SocketFor(int family)
    {
        ref int socket = ref _ipv4Socket;
        if (family == SocketAddresses.IPv6Family) socket = ref _ipv6Socket;
        else if (family == SocketAddresses.UnixFamily) socket = ref _unixSocket;
        if (socket >= 0) return socket;
        int opened = _kernel.OpenSocket(family, datagram: true);
        if (opened >= 0) socket = opened;
        return opened;
    }

    private void CloseSocket(ref int socket)
    {
        if (socket >= 0) _kernel.Close(socket);
        socket = NoSocket;
    }
}

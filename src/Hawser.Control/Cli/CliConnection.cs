using System;
using System.Collections.Generic;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;

namespace Hawser.Control.Cli;

/// <summary>
/// One client of the CLI, on loop 0. It reads a line, runs its commands one after the other, sends what they write, and
/// only then reads on: a client that does not read is not read either, and after "stats timeout" it is cut off.
/// One turn of the loop sends about <see cref="CliOutput.FullBytes"/> or runs <see cref="StepsPerTurn"/> pieces.
/// </summary>
internal sealed unsafe class CliConnection : LoopJob
{
    private const int StepsPerTurn = 64;
    private const int WordsMaximum = 64;

    /// <summary>How long the rest of a client's bytes is waited for, so that closing does not destroy the answer.</summary>
    private static readonly Milliseconds s_lingerTime = new(1000);

    private readonly CliServer _server;
    private readonly EventLoop _loop;
    private readonly CliSession _session;
    private readonly CliInput _input;
    private readonly CliOutput _output = new();
    private readonly Queue<string[]> _commands = new();
    private readonly Handler _handler;
    private readonly IdleTimer _idleTimer;
    private readonly WakeTimer _wakeTimer;
    private int _descriptor;
    private bool _isReadable;
    private bool _isWritable = true;
    private bool _isBroken;
    private bool _hasEnded;
    private bool _isLingering;
    private bool _isWaiting;
    private bool _hasTakenLine;
    private bool _mustPrompt;
    private string? _payload;
    private CliCall? _call;
    private IEnumerator<CliPause>? _running;

    internal CliConnection(CliServer server, EventLoop loop, BindConfig bind, int descriptor)
    {
        _server = server;
        _loop = loop;
        _descriptor = descriptor;
        CliSeverities.TryParse(bind.SeverityOutput, out CliSeverityOutput severity);
        _session = new CliSession
        {
            Level = bind.Level,
            ExposesListeners = bind.ExposeFdListeners,
            IsMaster = bind.Origin.File == MasterPrefix.SourceName,
            SeverityOutput = severity,
            Timeout = new Milliseconds(server.Context.Model.Global.Stats.TimeoutMs),
        };
        _input = new CliInput(server.LineBytesMaximum, server.PayloadBytesMaximum);
        _handler = new Handler(this);
        _idleTimer = new IdleTimer(this);
        _wakeTimer = new WakeTimer(this);
    }

    /// <summary>Begins to be served. False when the poller has no room for it.</summary>
    public bool Start()
    {
        if (!_loop.Watch(_descriptor, WatchMode.EdgeBoth, _handler))
            return false;
        Touch();
        return true;
    }

    public override void Run(EventLoop loop) => Advance();

    internal void Close()
    {
        if (_descriptor < 0)
            return;
        if (_call is not null)
            _call.IsCancelled = true;
        _running?.Dispose();
        _running = null;
        _loop.RemoveTimer(_idleTimer);
        _loop.RemoveTimer(_wakeTimer);
        _loop.Unwatch(_descriptor, _handler, isClosing: true);
        _loop.Kernel.Close(_descriptor);
        _descriptor = -1;
        _server.Closed(this);
    }

    private void OnReady(Readiness readiness)
    {
        if ((readiness & (Readiness.Readable | Readiness.PeerClosed | Readiness.HangUp | Readiness.Error)) != 0)
            _isReadable = true;
        if ((readiness & Readiness.Writable) != 0)
            _isWritable = true;
        if ((readiness & (Readiness.HangUp | Readiness.Error)) != 0)
            _isBroken = true;
        Advance();
    }

    private void Advance()
    {
        if (_descriptor < 0)
            return;
        int steps = 0;
        while (true)
        {
            if (!Flush())
                return;
            if (_isLingering)
            {
                Linger();
                return;
            }

            if (_isWaiting)
            {
                if (_isBroken)
                    Close();
                if (_descriptor < 0 || !Interrupt())
                    return;
                continue;
            }

            if (_call is not null)
            {
                if (++steps > StepsPerTurn)
                {
                    _loop.Schedule(this);
                    return;
                }

                Step(ref steps);
                continue;
            }

            if (_session.IsQuitting)
            {
                BeginLingering();
                continue;
            }

            if (_mustPrompt)
                WritePrompt();
            else if (_commands.TryDequeue(out string[]? words))
                Begin(words);
            else if (_hasTakenLine && _session.Mode == CliMode.NonInteractive)
                BeginLingering();
            else if (!TakeLine())
                return;
        }
    }

    /// <summary>Sends what there is. False when that will go on later, or never.</summary>
    private bool Flush()
    {
        while (_output.Length > 0)
        {
            if (!_isWritable)
                return false;
            int sent;
            fixed (byte* data = _output.Pending)
                sent = _loop.Kernel.Send(_descriptor, data, _output.Length, more: false);
            if (sent > 0)
            {
                _output.Sent(sent);
                _server.CountSent(sent);
                Touch();
            }
            else if (sent == -(int)KernelError.WouldBlock)
            {
                _isWritable = false;
            }
            else if (sent != -(int)KernelError.Interrupted)
            {
                Close();
                return false;
            }
        }

        return true;
    }

    private void Begin(string[] words)
    {
        if (_session.IsMaster && MasterPrefix.Strip(ref words, _server.Context.Facts.ProcessId, _session) is { } problem)
        {
            _output.WriteLine(problem);
            EndCommand();
            return;
        }

        string? payload = _commands.Count == 0 ? _payload : null;
        CommandRow? row = _server.Context.Commands.Find(words);
        _call = new CliCall(_server.Context, _session, _output, _loop, words, row?.Words.Length ?? 0, payload, Wake) { Descriptor = _descriptor };
        if (words.Length > WordsMaximum)
            _call.Error($"Too many arguments. Commands must have at most {WordsMaximum} arguments.");
        else if (row is null && words.Length > 0)
            _server.Context.Commands.WriteHelp(_output, _session, words, isUnknown: true);
        else if (row is { IsExpert: true } && !_session.IsExpert)
            _call.Error("This command is restricted to expert mode only.");
        else if (row is { IsExperimental: true } && !_session.IsExperimental)
            _call.Error("This command is restricted to experimental mode only.");
        else if (row is not null && !CliRights.Allows(_session.Level, row.Level))
            _call.Error(CliRights.Denied);
        else
            _running = row?.Run(_call);
        if (_running is null)
            EndCommand();
    }

    private void Step(ref int steps)
    {
        while (!_output.IsFull && steps++ <= StepsPerTurn)
        {
            if (!_running!.MoveNext())
            {
                EndCommand();
                return;
            }

            if (_running.Current == CliPause.Wake)
            {
                _isWaiting = true;
                return;
            }
        }
    }

    /// <summary>True when the command that waits is to end, because its client has sent something.</summary>
    private bool Interrupt()
    {
        if (_call is not { StopsAtInput: true })
            return false;
        bool isInterrupted = _hasEnded;
        while (_isReadable && !isInterrupted)
        {
            int received = _loop.Kernel.Receive(_descriptor, _loop.Buffers.Scratch, _loop.Buffers.BlockBytes);
            if (received == -(int)KernelError.WouldBlock)
                _isReadable = false;
            isInterrupted = received >= 0;
            if (received == 0)
            {
                _hasEnded = true;
                _input.Ended();
            }
            else if (received < 0 && _isReadable && received != -(int)KernelError.Interrupted)
            {
                Close();
                return false;
            }
        }

        if (!isInterrupted)
            return false;
        _call.IsInterrupted = true;
        _isWaiting = false;
        return true;
    }

    private void EndCommand()
    {
        _running?.Dispose();
        _running = null;
        _call = null;
        // The next thing on a line of its own: an empty line ends the answer, and a prompt stands on the next.
        if (!_session.IsQuitting)
            _output.Write((byte)'\n');
        _mustPrompt = _session.Mode == CliMode.Prompt;
        Touch();
    }

    private void WritePrompt()
    {
        _mustPrompt = false;
        if (_commands.Count > 0)
            return;
        if (_session.IsPromptTimed)
            _output.Write(_server.Uptime(_loop));
        if (_session.IsMaster)
            _output.Write(MasterPrefix.Prompt(_session, _server.Context));
        _output.Write("> ");
    }

    /// <summary>False when there is no line yet, or never will be.</summary>
    private bool TakeLine()
    {
        switch (_input.TryTake(out CliLine line))
        {
            case CliInputState.Line:
                _input.PayloadLines = 0;
                _hasTakenLine = true;
                _payload = line.Payload;
                foreach (string[] words in CommandText.Split(line.Text))
                    _commands.Enqueue(words);
                return true;
            case CliInputState.LineTooLong:
                _output.WriteLine("The command line is too big for the buffer size. Please change 'tune.bufsize' in the configuration to use a bigger command.");
                BeginLingering();
                return true;
            case CliInputState.PayloadTooLong:
                _output.WriteLine("The payload is too big. Please change 'tune.cli.max-payload-size' in the configuration to use a bigger payload.");
                BeginLingering();
                return true;
            case CliInputState.Ended:
                BeginLingering();
                return true;
            default:
                return ShowPayloadPrompt() || Read();
        }
    }

    private bool ShowPayloadPrompt()
    {
        if (_session.Mode != CliMode.Prompt || _input.PayloadLines == 0)
            return false;
        for (; _input.PayloadLines > 0 && !_output.IsFull; _input.PayloadLines--)
            _output.Write("+ ");
        return true;
    }

    /// <summary>True when there is something new to look at.</summary>
    private bool Read()
    {
        if (_hasEnded)
            return false;
        while (_isReadable)
        {
            Span<byte> room = _input.Room();
            int received;
            fixed (byte* target = room)
                received = _loop.Kernel.Receive(_descriptor, target, room.Length);
            if (received > 0)
            {
                _input.Appended(received);
                Touch();
                return true;
            }

            if (received == 0)
            {
                _hasEnded = true;
                _input.Ended();
                return true;
            }

            if (received == -(int)KernelError.WouldBlock)
            {
                _isReadable = false;
            }
            else if (received != -(int)KernelError.Interrupted)
            {
                Close();
                return false;
            }
        }

        return false;
    }

    /// <summary>
    /// The answer is sent and the client is told so; what it still sends is read and dropped until it closes too, or for a
    /// moment: closing with unread bytes would reset the connection, and the reset overtake the answer.
    /// </summary>
    private void BeginLingering()
    {
        _isLingering = true;
        _commands.Clear();
    }

    private void Linger()
    {
        if (_hasEnded || _isBroken)
        {
            Close();
            return;
        }

        if (!_wakeTimer.IsLinger)
        {
            _wakeTimer.IsLinger = true;
            _loop.Kernel.Shutdown(_descriptor, ShutdownSide.Send);
            _loop.SetTimer(_wakeTimer, _loop.Now.After(s_lingerTime));
        }

        for (int reads = 0; _isReadable; reads++)
        {
            if (reads == 8)
            {
                _loop.Schedule(this);
                return;
            }

            int received = _loop.Kernel.Receive(_descriptor, _loop.Buffers.Scratch, _loop.Buffers.BlockBytes);
            if (received == -(int)KernelError.WouldBlock)
                _isReadable = false;
            else if (received <= 0)
            {
                Close();
                return;
            }
        }
    }

    /// <summary>The idle limit counts from the last byte either way, and from the end of a command.</summary>
    private void Touch() => _loop.SetTimer(_idleTimer, _loop.Now.After(_session.Timeout));

    private void Wake(Milliseconds after)
    {
        if (_descriptor < 0 || _call is null)
            return;
        if (after.IsSet)
        {
            _loop.SetTimer(_wakeTimer, _loop.Now.After(after));
            return;
        }

        _isWaiting = false;
        _loop.Schedule(this);
    }

    private void OnIdle()
    {
        // A command that waits on its own account has its own time.
        if (_isWaiting)
            Touch();
        else
            Close();
    }

    private sealed class Handler(CliConnection connection) : ReadyHandler
    {
        public override void OnReady(EventLoop loop, Readiness readiness) => connection.OnReady(readiness);
    }

    private sealed class IdleTimer(CliConnection connection) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => connection.OnIdle();
    }

    private sealed class WakeTimer(CliConnection connection) : LoopTimer
    {
        public bool IsLinger { get; set; }

        public override void OnTimer(EventLoop loop)
        {
            if (IsLinger)
                connection.Close();
            else
                connection.Wake(Milliseconds.None);
        }
    }
}

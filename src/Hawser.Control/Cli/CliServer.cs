using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Accounting;
using Hawser.Proxy.Building;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli;

/// <summary>
/// The runtime API on its "stats socket" lines: accepts on loop 0 as many clients as "stats maxconn" allows; the others
/// wait in the kernel's queue.
/// </summary>
public sealed class CliServer
{
    /// <summary>"tune.cli.max-payload-size"'s default.</summary>
    private const int DefaultPayloadBytes = 128 * 1024;

    private const int DefaultLineBytes = 16 * 1024;

    private const int AcceptsPerTurn = 4;

    /// <summary>How long accepting rests after the kernel had no descriptor or memory left.</summary>
    private static readonly Milliseconds s_rest = new(100);

    private readonly HashSet<CliConnection> _connections = [];
    private readonly List<Door> _doors = [];
    private EventLoop? _loop;

    public CliServer(CliContext context)
    {
        Context = context;
    }

    private int ConnectionsMaximum => Context.Model.Global.Stats.MaxConnections;

    public CliContext Context { get; }

    /// <summary>A command line fits into a buffer.</summary>
    internal int LineBytesMaximum => Context.Model.Global.Tuning.BufferSizeBytes ?? DefaultLineBytes;

    internal int PayloadBytesMaximum => Context.Model.Global.Tuning.CliPayloadBytes ?? DefaultPayloadBytes;

    private TrafficCounters Counters => Context.Set.ControlFrontend.Counters[0];

    /// <summary>Begins to accept; on the thread that will run loop 0, or on loop 0 itself.</summary>
    public void Start(EventLoop loop)
    {
        _loop = loop;
        foreach (Listener listener in Context.Set.ControlListeners)
        {
            foreach (int descriptor in listener.Descriptors)
                _doors.Add(new Door(this, listener.Config, descriptor));
        }

        Context.Set.Runtime.ControlStopped = Stop;
        Context.Set.Runtime.Frontends.ControlFollows = FollowPause;
        OpenDoors();
    }

    /// <summary>
    /// A reload has put another configuration to work: its "stats socket" lines are served, those that are gone are not,
    /// and clients that are here stay. On loop 0.
    /// </summary>
    public void Follow(ProxySet set)
    {
        Context.Set = set;
        HashSet<int> descriptors = [];
        foreach (Listener listener in set.ControlListeners)
            descriptors.UnionWith(listener.Descriptors);
        foreach (Door door in _doors)
        {
            if (!descriptors.Contains(door.Descriptor))
                door.Close(_loop!);
        }

        _doors.RemoveAll(door => !descriptors.Contains(door.Descriptor));
        foreach (Listener listener in set.ControlListeners)
        {
            foreach (int descriptor in listener.Descriptors)
            {
                if (_doors.Find(door => door.Descriptor == descriptor) is { } door)
                    door.Bind = listener.Config;
                else
                    _doors.Add(new Door(this, listener.Config, descriptor));
            }
        }

        OpenDoors();
    }

    /// <summary>No client is taken any more; those that are here are served to their end.</summary>
    private void Stop()
    {
        foreach (Door door in _doors)
            door.Close(_loop!);
        _doors.Clear();
    }

    internal void CountSent(int bytes) => Counters.ResponseBytes += bytes;

    internal void Closed(CliConnection connection)
    {
        _connections.Remove(connection);
        Context.Set.Process.ControlConnections = _connections.Count;
        OpenDoors();
    }

    /// <summary>As "prompt timed" shows it: <c>[d:hh:mm:ss]</c>.</summary>
    internal string Uptime(EventLoop loop)
    {
        TimeSpan time = TimeSpan.FromSeconds(Math.Max(0, loop.WallClock.Seconds - Context.Set.Process.Started.Seconds));
        return string.Create(CultureInfo.InvariantCulture, $"[{time.Days}:{time.Hours:d2}:{time.Minutes:d2}:{time.Seconds:d2}]");
    }

    private void OpenDoors()
    {
        if (_connections.Count >= ConnectionsMaximum || Context.Set.Runtime.Frontends.IsPaused)
            return;
        foreach (Door door in _doors)
            door.Open(_loop!);
    }

    /// <summary>SIGTTOU: new clients wait in the kernel's queue until SIGTTIN; those that are here stay.</summary>
    private void FollowPause()
    {
        if (Context.Set.Runtime.Frontends.IsPaused)
            CloseDoors();
        else
            OpenDoors();
    }

    private void CloseDoors()
    {
        foreach (Door door in _doors)
            door.Close(_loop!);
    }

    private void Accept(Door door)
    {
        for (int accepted = 0; accepted < AcceptsPerTurn; accepted++)
        {
            if (_connections.Count >= ConnectionsMaximum)
            {
                CloseDoors();
                return;
            }

            SocketAddress peer = default;
            int descriptor = _loop!.Kernel.Accept(door.Descriptor, ref peer);
            if (descriptor < 0)
            {
                if ((KernelError)(-descriptor) is KernelError.TooManyDescriptors or KernelError.SystemFileTableFull
                    or KernelError.NoBufferSpace or KernelError.OutOfMemory)
                    door.Rest(_loop);
                return;
            }

            CliConnection connection = new(this, _loop, door.Bind, descriptor);
            if (!connection.Start())
            {
                _loop.Kernel.Close(descriptor);
                return;
            }

            Counters.Connections++;
            Counters.Sessions++;
            _connections.Add(connection);
            Context.Set.Process.ControlConnections = _connections.Count;
        }
    }

    /// <summary>One listening socket.</summary>
    private sealed class Door(CliServer server, BindConfig bind, int descriptor) : ReadyHandler
    {
        private readonly RestTimer _timer = new(server);
        private bool _isOpen;

        public BindConfig Bind { get; set; } = bind;

        public int Descriptor => descriptor;

        public void Open(EventLoop loop)
        {
            if (!_isOpen)
                _isOpen = loop.Watch(descriptor, WatchMode.LevelRead, this);
        }

        public void Close(EventLoop loop)
        {
            if (!_isOpen)
                return;
            _isOpen = false;
            loop.Unwatch(descriptor, this, isClosing: false);
        }

        public void Rest(EventLoop loop)
        {
            Close(loop);
            loop.SetTimer(_timer, loop.Now.After(s_rest));
        }

        public override void OnReady(EventLoop loop, Readiness readiness) => server.Accept(this);
    }

    private sealed class RestTimer(CliServer server) : LoopTimer
    {
        public override void OnTimer(EventLoop loop) => server.OpenDoors();
    }
}

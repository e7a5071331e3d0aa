using System;
using Hawser.Base.Time;

namespace Hawser.Proxy.Backends;

/// <summary>What a server was from a moment on.</summary>
public enum ServerCondition : byte
{
    Up,
    Down,
    Draining,

    /// <summary>Up, and taking nothing new for its health.</summary>
    Stopping,
    Maintenance,
}

/// <summary>The last changes of a server's state. Written and read on the loop that runs the checks.</summary>
public sealed class StateTimeline
{
    private const int Kept = 16;

    private const int FirstRoom = 4;

    /// <summary>Grows with the changes: most servers have none or few.</summary>
    private (Instant Since, ServerCondition Condition)[] _changes = [];
    private int _count;

    /// <summary>Oldest first.</summary>
    public ReadOnlySpan<(Instant Since, ServerCondition Condition)> Changes => _changes.AsSpan(0, _count);

    public static ServerCondition Of(Server server) =>
        server.IsInMaintenance ? ServerCondition.Maintenance
        : !server.IsUp ? ServerCondition.Down
        : server.IsDraining ? ServerCondition.Draining
        : server.IsStopping ? ServerCondition.Stopping
        : ServerCondition.Up;

    /// <summary>It may have changed.</summary>
    internal void Note(Instant now, Server server)
    {
        ServerCondition condition = Of(server);
        if (_count > 0 && _changes[_count - 1].Condition == condition)
            return;
        if (_count == Kept)
        {
            _changes.AsSpan(1).CopyTo(_changes);
        }
        else
        {
            if (_count == _changes.Length)
                Array.Resize(ref _changes, int.Max(FirstRoom, 2 * _count));
            _count++;
        }

        _changes[_count - 1] = (now, condition);
    }
}

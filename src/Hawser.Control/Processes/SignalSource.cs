using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>
/// Turns signals into bytes of a pipe that an event loop polls like any other descriptor.
/// </summary>
/// <remarks>
/// The runtime owns signal delivery: it has threads of its own before <c>Main</c>, so neither a mask nor a signalfd
/// covers the process, and a handler of ours could interrupt managed code. Its registration runs the callback on an
/// ordinary thread, where a write is safe. Signals that came together stay in order; a signal may be merged with an
/// equal one that is still pending, as everywhere in Unix.
/// </remarks>
public sealed unsafe class SignalSource : IDisposable
{
    private static readonly Signal[] Taken =
    [
        Signal.Hangup, Signal.Interrupt, Signal.Quit, Signal.SoftStop,
        Signal.Reload, Signal.Terminate, Signal.Resume, Signal.Pause,
    ];

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly int _writeEnd;

    private SignalSource(int readEnd, int writeEnd)
    {
        Descriptor = readEnd;
        _writeEnd = writeEnd;
    }

    /// <summary>Becomes readable when a signal is waiting. Non-blocking and closed in children.</summary>
    public int Descriptor { get; }

    /// <summary>
    /// Undoes what a parent left ignored (a shell ignores SIGINT and SIGQUIT in background jobs): the runtime would
    /// respect it and never deliver. Must be the first thing the process does, before the runtime looks for itself.
    /// </summary>
    public static void RestoreInherited()
    {
        foreach (Signal signal in Taken)
        {
            LibcProcess.SignalAction action;
            if (LibcProcess.sigaction((int)signal, null, &action) == 0
                && action.Handler == LibcProcess.SignalAction.Ignore)
            {
                SetDefault(signal);
            }
        }
    }

    /// <summary>Takes all signals over. Null when the process may not have two more descriptors.</summary>
    public static SignalSource? Open()
    {
        int* ends = stackalloc int[2];
        if (LibcProcess.pipe2(ends, LibcProcess.CloseOnExec | LibcProcess.NonBlocking) != 0) return null;
        SignalSource source = new(ends[0], ends[1]);
        foreach (Signal signal in Taken)
        {
            source._registrations.Add(PosixSignalRegistration.Create((PosixSignal)(int)signal, context =>
            {
                context.Cancel = true;
                source.Post(signal);
            }));
        }
        return source;
    }

    /// <summary>The next signal, oldest first; false when none is waiting.</summary>
    public bool TryRead(out Signal signal)
    {
        byte number;
        while (true)
        {
            nint count = LibcProcess.read(Descriptor, &number, 1);
            if (count == 1)
            {
                signal = (Signal)number;
                return true;
            }
            if (count < 0 && Marshal.GetLastPInvokeError() == LibcProcess.Interrupted) continue;
            signal = default;
            return false;
        }
    }

    /// <summary>
    /// Ends the process by the signal itself, so that whoever waits for it sees the true reason, as with HAProxy.
    /// Nothing is flushed: call it last.
    /// </summary>
    public static void DieBy(Signal signal)
    {
        SetDefault(signal);
        _ = LibcProcess.kill(LibcProcess.getpid(), (int)signal);
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _ = LibcProcess.close(Descriptor);
        _ = LibcProcess.close(_writeEnd);
    }

    // A full pipe holds thousands of unread signals: one more of them tells the loop nothing new.
    private void Post(Signal signal)
    {
        byte number = (byte)signal;
        while (LibcProcess.write(_writeEnd, &number, 1) < 0
            && Marshal.GetLastPInvokeError() == LibcProcess.Interrupted)
        {
        }
    }

    private static void SetDefault(Signal signal)
    {
        LibcProcess.SignalAction action = default;
        _ = LibcProcess.sigaction((int)signal, &action, null);
    }
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using Hawser.Control.Processes;
using Hawser.Io.Interop;

namespace Hawser.Control.Lab;

/// <summary>The proxy of a case, a process of its own: ours and HAProxy are started alike.</summary>
public sealed class ProxyChild : IDisposable
{
    private const string ListenTable = "/proc/net/tcp";
    private const string ListenState = " 0A ";
    private const int PollMs = 5;
    private const int PatienceMs = 5000;

    private readonly Process _process;

    private ProxyChild(Process process) => _process = process;

    /// <summary>Returns when the port of 127.0.0.1 is listened on; null with the program's own words when it is not.</summary>
    public static ProxyChild? Start(string program, string configurationFile, int port, out string error)
    {
        ProcessStartInfo info = new(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        info.ArgumentList.Add("-db");
        info.ArgumentList.Add("-f");
        info.ArgumentList.Add(configurationFile);
        Process? process;
        try
        {
            process = Process.Start(info);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            error = $"cannot start {program}: {e.Message}";
            return null;
        }
        if (process is null)
        {
            error = $"cannot start {program}";
            return null;
        }
        ProxyChild child = new(process);
        long end = Environment.TickCount64 + PatienceMs;
        while (!process.HasExited && Environment.TickCount64 < end)
        {
            // Asking the kernel: a connection to try it would be a session in the log.
            if (IsListening(port))
            {
                error = "";
                return child;
            }
            Thread.Sleep(PollMs);
        }
        child.Stop();
        error = $"{program} does not listen:\n{process.StandardError.ReadToEnd()}{process.StandardOutput.ReadToEnd()}";
        child.Dispose();
        return null;
    }

    public void Dispose()
    {
        Stop();
        _process.Dispose();
    }

    private void Stop()
    {
        if (_process.HasExited) return;
        _ = LibcProcess.kill(_process.Id, (int)Signal.Terminate);
        if (!_process.WaitForExit(PatienceMs)) _process.Kill();
        _process.WaitForExit();
    }

    private static bool IsListening(int port)
    {
        string address = string.Create(CultureInfo.InvariantCulture, $" 0100007F:{port:X4} ");
        foreach (string line in File.ReadLines(ListenTable))
        {
            if (line.Contains(address, StringComparison.Ordinal) && line.Contains(ListenState, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}

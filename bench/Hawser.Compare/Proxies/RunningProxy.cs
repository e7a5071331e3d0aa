using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace Hawser.Compare.Proxies;

/// <summary>One proxy at work, alone on core 0 but for its idle rivals; disposing ends it.</summary>
internal sealed class RunningProxy : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _file;
    private readonly StringBuilder _errors = new();

    private RunningProxy(Process process, string file, IPEndPoint address)
    {
        _process = process;
        _file = file;
        Address = address;
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors) _errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    public IPEndPoint Address { get; }

    public int ProcessId => _process.Id;

    /// <param name="configuration">Gets the address to bind, returns the text of the configuration.</param>
    /// <param name="threads">With more than one it also has the core of load and origin.</param>
    public static RunningProxy Start(ProxyProgram program, Func<IPEndPoint, string> configuration, int threads = 1)
    {
        IPEndPoint address = FreeAddress();
        string file = Path.GetTempFileName();
        File.WriteAllText(file, configuration(address));
        ProcessStartInfo start = new("taskset", ["-c", threads == 1 ? "0" : "0,1", .. program.Command(file)])
        {
            RedirectStandardError = true,
        };
        RunningProxy proxy = new(Process.Start(start)!, file, address);
        proxy.WaitUntilListening(program);
        return proxy;
    }

    /// <summary>Throws with the proxy's own last words when it has died.</summary>
    public void EnsureAlive()
    {
        if (!_process.HasExited) return;
        _process.WaitForExit();
        lock (_errors)
            throw new InvalidOperationException($"the proxy ended with status {_process.ExitCode}: {_errors}");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_file);
    }

    private void WaitUntilListening(ProxyProgram program)
    {
        long begin = Stopwatch.GetTimestamp();
        while (true)
        {
            EnsureAlive();
            using Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Connect(Address);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(begin) < s_patience)
            {
                Thread.Sleep(20);
            }
            catch (SocketException error)
            {
                throw new InvalidOperationException($"{program.Name} does not listen: {error.Message}");
            }
        }
    }

    public static IPEndPoint FreeAddress()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}

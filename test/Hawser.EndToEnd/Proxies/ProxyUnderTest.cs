using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;

namespace Hawser.EndToEnd.Proxies;

/// <summary>One running proxy process: the oracle's or ours, started the same way.</summary>
public sealed class ProxyUnderTest : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Lock _gate = new();

    private ProxyUnderTest(Process process) => _process = process;

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Standard output and standard error together, as they came.</summary>
    public string Output
    {
        get
        {
            lock (_gate)
                return _output.ToString();
        }
    }

    /// <summary>
    /// A test run in the background of a shell ignores SIGINT, and its children would inherit that: env(1) gives the
    /// signal its meaning back and becomes the program, under the same process id.
    /// </summary>
    public static ProxyUnderTest Start(string binary, params IEnumerable<string> arguments)
    {
        ProcessStartInfo info = new("env", ["--default-signal=INT", binary])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        Process process = Process.Start(info) ?? throw new IOException($"cannot start {binary}");
        ProxyUnderTest proxy = new(process);
        process.OutputDataReceived += (_, e) => proxy.Collect(e.Data);
        process.ErrorDataReceived += (_, e) => proxy.Collect(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return proxy;
    }

    /// <summary>Returns when all the ports are listened on; throws with the program's output when it ends first.</summary>
    public async Task Listening(IEnumerable<int> ports)
    {
        int[] wanted = [.. ports];
        await Patience.Until(() => HasExited || wanted.All(ListenTable.Listens), "the proxy to listen").ConfigureAwait(false);
        if (HasExited)
        {
            await _process.WaitForExitAsync().ConfigureAwait(false);
            throw new PatienceException($"the proxy ended with status {_process.ExitCode}:\n{Output}");
        }
    }

    /// <summary>
    /// Returns when the process has nothing to do: all its threads sleep and nothing has woken one between two looks. On
    /// loopback what one end sends is in the other's queue when the call returns, so nothing is still on its way either.
    /// </summary>
    public async Task Idle()
    {
        long? before = null;
        await Patience.Until(
            () =>
            {
                long? sleeps = HasExited ? 0 : ProcessFacts.Sleeps(Pid);
                bool slept = sleeps is not null && sleeps == before;
                before = sleeps;
                return slept;
            },
            "the proxy to have nothing to do").ConfigureAwait(false);
    }

    public void Signal(UnixSignal signal) => UnixSignals.Send(Pid, signal);

    /// <summary>Waits for the end; 128 + n for a death by signal n, as a shell says it.</summary>
    public async Task<int> ExitStatus()
    {
        await Patience.Until(() => HasExited, "the proxy to end").ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    public async Task<int> Stop()
    {
        if (!HasExited)
            Signal(UnixSignal.Terminate);
        try
        {
            return await ExitStatus().ConfigureAwait(false);
        }
        catch (PatienceException)
        {
            _process.Kill();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Collect(string? line)
    {
        if (line is null)
            return;
        lock (_gate)
            _output.Append(line).Append('\n');
    }
}

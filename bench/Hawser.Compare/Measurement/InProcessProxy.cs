using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Building;

namespace Hawser.Compare.Measurement;

/// <summary>The real data plane on a thread of this process, so that its thread's allocations can be read.</summary>
internal sealed class InProcessProxy : IDisposable
{
    private const int MaximumSessions = 4096;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly ProxySet _set;
    private readonly Thread _thread;

    public InProcessProxy(string configuration)
    {
        ConfigurationResult result = ConfigurationReader.Read(
            [new ConfigurationSource("bench.cfg", Encoding.UTF8.GetBytes(configuration))],
            new ConfigurationEnvironment());
        if (result.Model is not { } model)
            throw new InvalidOperationException(string.Join("; ", result.Diagnostics));
        BuildErrors errors = new();
        ProxySettings settings = new()
        {
            Kernel = new LinuxKernel(),
            Loops = 1,
            ProcessId = Environment.ProcessId,
            Seed = 1,
            Hostname = Environment.MachineName,
            Zone = TimeZoneInfo.Local,
            Print = static (_, text) => Console.Error.WriteLine(text),
            Resolver = new AddressResolver(AddressResolver.LookUpWithSystem),
        };
        ProxySet? set = ProxyBuilder.Build(model, settings, errors, new DiagnosticBag());
        if (set is null || !set.Runtime.TryBind(MaximumSessions, MaximumSessions / 4))
            throw new InvalidOperationException(string.Join("; ", errors.Alerts));
        _set = set;
        _thread = new Thread(() => _set.Runtime.Run(control: null, controlDescriptor: -1)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Managed bytes the loop's thread has allocated so far, as the loop itself sees it.</summary>
    public long AllocatedBytes()
    {
        using AllocationReading reading = new();
        _set.Loops[0].Loop.Post(reading);
        return reading.Wait(s_patience);
    }

    public void Dispose()
    {
        _set.Loops[0].Loop.Post(new Stop(_set));
        _thread.Join(s_patience);
    }

    private sealed class AllocationReading : LoopJob, IDisposable
    {
        private readonly ManualResetEventSlim _isRead = new();
        private long _bytes;

        public override void Run(EventLoop loop)
        {
            _bytes = GC.GetAllocatedBytesForCurrentThread();
            _isRead.Set();
        }

        public long Wait(TimeSpan patience) =>
            _isRead.Wait(patience) ? _bytes : throw new InvalidOperationException("the loop does not answer");

        public void Dispose() => _isRead.Dispose();
    }

    private sealed class Stop(ProxySet set) : LoopJob
    {
        public override void Run(EventLoop loop) => set.Runtime.HardStop();
    }
}

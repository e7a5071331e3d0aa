using System;
using System.Globalization;
using System.Text;
using Hawser.Base.Random;
using Hawser.Config.Model;
using Hawser.Expressions.Samples;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Building;

/// <summary>A loop with all that its sessions share, and what accepts on it.</summary>
internal static class LoopBuilder
{
    private const int DefaultBufferBytes = 16 * 1024;
    private const int DefaultPipeBytes = 256 * 1024;
    private const int DefaultAcceptsPerTurn = 4;
    private const int DefaultHttpRewriteBytes = 1024;
    private const int DefaultHttpHeaders = 101;
    private const int DefaultHttpLogUriBytes = 1024;

    /// <summary>Any number: has the hash of answers differ from what else is made of the process's seed.</summary>
    private const ulong AnswerSeed = 0xA24BAED4963EE407;

    /// <param name="pipes">For splicing, of this loop alone.</param>
    public static ProxyLoop Build(ProxySet set, int index, Logger logger, int pipes)
    {
        ProxySettings settings = set.Settings;
        Kernel kernel = settings.Kernel;
        TuningConfig tuning = set.Model.Global.Tuning;
        HttpGlobalConfig http = set.Model.Global.Http;
        int blocks = tuning.BuffersLimit is { } limit and > 0 ? Math.Max(4, limit / settings.Loops) : int.MaxValue;
        int bufferBytes = tuning.BufferSizeBytes ?? DefaultBufferBytes;
        EventLoop loop = new(index, kernel, new BufferPool(bufferBytes, blocks, settings.Poison),
            tuning.MaxPollEvents is > 0 and int events ? events : EventLoop.DefaultEventsPerTurn)
        {
            IsBusyPolling = set.Model.Global.BusyPolling,
        };
        return new ProxyLoop
        {
            Loop = loop,
            Pipes = new PipePool(kernel, tuning.PipeSizeBytes ?? DefaultPipeBytes, pipes),
            Process = set.Process,
            Logger = logger,
            Samples = new SessionLogSource(new SessionLogRecord(), set.LogProcess, new Scratch(bufferBytes))
            {
                Kernel = kernel,
                Answers = new AnswerCache(
                    tuning.PatternCacheEntries ?? AnswerCache.DefaultCapacity, new Prng(settings.Seed ^ AnswerSeed).NextUInt64()),
            },
            Exchanges = new ExchangePool(
                // HAProxy counts the head's end as one of them.
                Math.Max(1, (http.MaxHeaders ?? DefaultHttpHeaders) - 1), loop.Buffers.BlockBytes,
                Math.Max(0, (http.LogUriBytes ?? DefaultHttpLogUriBytes) - 1))
            {
                RewriteBytes = Math.Min(http.MaxRewriteBytes ?? DefaultHttpRewriteBytes, loop.Buffers.BlockBytes / 2),
            },
            Limits = set.Runtime.Events,
            Debug = settings.DebugPrint is { } print ? new DebugEvents(print) : null,
            Random = new Prng(settings.Seed + (ulong)index),
            IdentitySeed = new Prng(~settings.Seed).NextUInt64(),
        };
    }

    /// <param name="descriptor">The one of the listener's sockets that it accepts on.</param>
    public static Acceptor Acceptor(ProxySet set, Listener listener, ProxyLoop loop, int descriptor)
    {
        GlobalConfig global = set.Model.Global;
        int accepts = global.Tuning.MaxAccept is { } most and > 0 ? most : DefaultAcceptsPerTurn;
        return new Acceptor(listener, descriptor, loop, set.Runtime.Admission, accepts)
        {
            Frontend = listener.Frontend,
            Counters = listener.Counters,
            ExpectsProxyHeader = listener.Config.AcceptProxy,
            MaySplice = !global.NoSplice && !set.Settings.NoSplice,
            UnixId = (uint)listener.Id,
            ListenerDescriptor = descriptor,
            GivenName = Encoding.UTF8.GetBytes(listener.Config.Name ?? ""),
            ReadsPerTurn = TurnShare.ReadsFor(listener.Config.Nice),
            Name = Encoding.UTF8.GetBytes(listener.Config.Name ?? listener.Id.ToString(CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>The socket of a listener that its next acceptor takes: each has its turn.</summary>
    public static int NextSocket(Listener listener, int[] sockets) => sockets[listener.Acceptors % sockets.Length];
}

using System;
using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Control.Stats;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Control.Pages;

/// <summary>One way over all objects: a metric, or one class of its responses.</summary>
internal readonly record struct MetricPass(Metric Metric, int Pass, MetricWriter Writer)
{
    /// <summary>It tells of a backend's servers, and the backend itself has no value.</summary>
    public bool IsOfServers => Metric.Shape is MetricShape.ServersByState or MetricShape.ServersByCheck;

    public StatField Field => (StatField)(Metric.Field + (Metric.Shape == MetricShape.Responses ? Pass : 0));
}

/// <summary>
/// The objects of one kind for an exporter that writes metric by metric. Objects lie far apart in memory, and a way over
/// 10,000 of them for each of 60 metrics is hundreds of thousands of cache misses; so their labels are made once, and the
/// values of some metrics at a time are read while an object is at hand. Both are dense, and writing reads nothing else.
/// Everything is done a few objects at a time, so that a turn of the loop stays short; what an operator adds or removes
/// meanwhile is in the next answer.
/// </summary>
internal sealed class ExportedObjects(ProxySet set, StatObject kind, PrometheusQuery query)
{
    /// <summary>Values read while an object is at hand: 128 bytes for each object, and about as many cache lines of counters.</summary>
    public const int ColumnsAtOnce = 16;

    private readonly List<object> _objects = [];
    private readonly List<int> _labelEnds = [];
    private readonly StatLine _line = new(kind, 0, 0);
    private byte[] _labels = new byte[4096];
    private int _labelBytes;

    /// <summary>Where capturing goes on: a proxy or listener, and a server of it.</summary>
    private int _proxy;
    private int _server;

    private MetricPass[] _passes = [];
    private long[] _values = [];
    private int _read;

    public int Count => _objects.Count;

    /// <summary>Takes some more objects in, in the order of the configuration.</summary>
    /// <returns>False: there are no more.</returns>
    public bool Capture(int most)
    {
        for (int i = 0; i < most; i++)
        {
            if (!CaptureNext())
                return false;
        }

        return true;
    }

    /// <summary>The metrics that <see cref="Read"/> and <see cref="Write"/> are about from now on.</summary>
    public void Begin(MetricPass[] passes)
    {
        _passes = passes;
        _read = 0;
        if (_values.Length < passes.Length * Count)
            _values = new long[passes.Length * Count];
    }

    /// <summary>Reads the metrics of some more objects.</summary>
    /// <returns>False: that was the last one.</returns>
    public bool Read(EventLoop loop, int most)
    {
        int end = int.Min(Count, _read + most);
        for (; _read < end; _read++)
        {
            object one = _objects[_read];
            for (int column = 0; column < _passes.Length; column++)
                _values[(column * Count) + _read] = ValueOf(one, _passes[column], loop);
        }

        return _read < Count;
    }

    /// <param name="column">Of those that were begun with.</param>
    public bool HasSample(int at, int column) => _values[(column * Count) + at] != MetricWriter.None;

    /// <summary>The samples of one object that has some.</summary>
    public void Write(ServiceBuffer output, int at, int column)
    {
        MetricPass pass = _passes[column];
        int begin = at == 0 ? 0 : _labelEnds[at - 1];
        ReadOnlySpan<byte> labels = _labels.AsSpan(begin, _labelEnds[at] - begin);
        if (pass.IsOfServers)
            WriteServers(output, labels, pass, (Backend)_objects[at]);
        else
            pass.Writer.WriteSamples(output, labels, _values[(column * Count) + at], pass.Pass);
    }

    private bool CaptureNext()
    {
        switch (kind)
        {
            case StatObject.Frontend:
                if (_proxy >= set.Frontends.Length)
                    return false;
                Frontend frontend = set.Frontends[_proxy++];
                Add(frontend, frontend.Config, "");
                return true;
            case StatObject.Backend:
                if (_proxy >= set.Backends.Length)
                    return false;
                Backend backend = set.Backends[_proxy++];
                Add(backend, backend.Config, "");
                return true;
            case StatObject.Listener:
                if (_proxy >= set.Listeners.Length)
                    return false;
                Listener listener = set.Listeners[_proxy++];
                if (listener.Frontend.Config.Options.SocketStatistics)
                    Add(listener, listener.Frontend.Config, ListenerStats.NameOf(listener));
                return true;
            default:
                return CaptureServer();
        }
    }

    private bool CaptureServer()
    {
        if (_proxy >= set.Backends.Length)
            return false;
        Backend backend = set.Backends[_proxy];
        if (_server >= backend.Servers.Length)
        {
            _server = 0;
            _proxy++;
            return true;
        }

        Server server = backend.Servers[_server++];
        if (!query.HidesMaintenance || !server.IsInMaintenance)
            Add(server, backend.Config, server.Name);
        return true;
    }

    private void Add(object one, ProxyConfig proxy, string part)
    {
        bool hasDescription = query.HasDescriptions && kind is StatObject.Frontend or StatObject.Backend;
        string text = MetricWriter.Labels(kind, proxy.Name, part, hasDescription ? proxy.Description : null);
        byte[] labels = ConfigText.Encode(text);
        if (_labels.Length < _labelBytes + labels.Length)
            Array.Resize(ref _labels, int.Max(2 * _labels.Length, _labelBytes + labels.Length));
        labels.CopyTo(_labels, _labelBytes);
        _labelBytes += labels.Length;
        _objects.Add(one);
        _labelEnds.Add(_labelBytes);
    }

    private long ValueOf(object one, in MetricPass pass, EventLoop loop)
    {
        if (pass.IsOfServers)
            return ((Backend)one).Servers.Length == 0 ? MetricWriter.None : 0;
        if (pass.Metric.IsHttpOnly && ConfigOf(one).Mode != ProxyMode.Http)
            return MetricWriter.None;
        switch (kind)
        {
            case StatObject.Frontend:
                FrontendStats.Read(_line, set, (Frontend)one, loop.Now, pass.Field);
                break;
            case StatObject.Backend:
                BackendStats.Read(_line, set, (Backend)one, loop, pass.Field);
                break;
            case StatObject.Listener:
                ListenerStats.Read(_line, (Listener)one, pass.Field);
                break;
            default:
                ServerStats.Read(_line, set, (Server)one, loop, pass.Field);
                break;
        }

        return pass.Writer.ValueOf(_line, pass.Pass);
    }

    private static ProxyConfig ConfigOf(object one) => one switch
    {
        Frontend frontend => frontend.Config,
        Backend backend => backend.Config,
        Server server => server.Backend.Config,
        _ => ((Listener)one).Frontend.Config,
    };

    /// <summary>How many servers of a backend are in each state, or had each result of checks last.</summary>
    private void WriteServers(ServiceBuffer output, ReadOnlySpan<byte> labels, in MetricPass pass, Backend backend)
    {
        Span<int> counts = stackalloc int[pass.Writer.States];
        counts.Clear();
        foreach (Server server in backend.Servers)
        {
            int state = -1;
            if (pass.Metric.Shape == MetricShape.ServersByState)
                state = MetricWriter.StateOf(ServerStatusText.Of(set, server));
            else if (!server.State.IsCheckDisabled && set.Checks?.CheckOf(server) is { } check)
                state = MetricWriter.CheckOf(CheckStatuses.Code(check.Outcome.Status));
            if (state >= 0)
                counts[state]++;
        }

        pass.Writer.WriteServers(output, labels, counts);
    }
}

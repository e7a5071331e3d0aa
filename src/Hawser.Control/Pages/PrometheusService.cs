using System.Collections.Generic;
using System.Linq;
using Hawser.Config.Model;
using Hawser.Control.Stats;
using Hawser.Io.Loop;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Building;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Control.Pages;

/// <summary>
/// "use-service prometheus-exporter". Samples of a metric stand together, so that each metric passes over all objects; a
/// sample is one piece of the answer.
/// </summary>
internal sealed class PrometheusService(PageContext context) : HttpService("<PROMEX>"u8.ToArray())
{
    /// <summary>Objects without a sample of their own that one piece may pass over.</summary>
    private const int SilentMaximum = 64;

    private static readonly byte[] s_badRequest =
        "<html><body><h1>400 Bad request</h1>\nThe exporter does not know this scope.\n</body></html>\n"u8.ToArray();

    public override ServiceWork Answer(ServiceRequest request, EventLoop loop)
    {
        if (PrometheusQuery.Read(request.Target) is { } query)
        {
            PageContext now = context.Frozen();
            return PageWork.Of("text/plain; version=0.0.4", output => Write(now, output, query, loop));
        }

        return new TextWork(s_badRequest)
        {
            Status = 400,
            Reason = "Bad request",
            Closes = true,
            LengthBytes = s_badRequest.Length,
            Fields = [new("cache-control", "no-cache"), new("content-type", "text/html")],
        };
    }

    private static IEnumerator<ServicePause> Write(PageContext context, ServiceBuffer output, PrometheusQuery query, EventLoop loop)
    {
        if (query.HasProcess)
        {
            InfoSnapshot info = InfoSnapshot.Take(context.Set, context.Set.Model, context.Facts, loop, context.Idle.Read(loop.Now));
            foreach (Metric metric in PrometheusMetrics.Process.Where(metric => query.Takes(PrometheusStats.NameOf(metric))))
            {
                PrometheusStats.WriteProcess(output, metric, info.Values);
                yield return PageWork.Line;
            }
        }

        StatsSnapshot snapshot = new(context.Set, loop);
        foreach (StatObject kind in query.Kinds)
        {
            StatFilter filter = StatFilter.Everything with { Kinds = 1 << (int)kind, NoMaintenance = query.HidesMaintenance };
            IEnumerable<Metric> metrics = PrometheusMetrics.Of(kind);
            if (query.HasExtraCounters)
                metrics = metrics.Concat(PrometheusMetrics.OfModules(kind));
            foreach (Metric metric in metrics.Where(metric => query.Takes(PrometheusStats.NameOf(kind, metric))))
            {
                bool hasHead = false;
                int silent = 0;
                for (int pass = 0; pass < PrometheusStats.Passes(metric); pass++)
                {
                    foreach (ProxyConfig proxy in context.Set.Model.Proxies)
                    {
                        if (proxy.IsDisabled)
                            continue;
                        string? description = query.HasDescriptions && kind is StatObject.Frontend or StatObject.Backend ? Description(query, proxy) : null;
                        foreach (StatLine line in snapshot.Lines(filter, proxy))
                        {
                            bool hasSample = WriteSamples(context.Set, output, metric, line, proxy, description, pass, !hasHead);
                            hasHead |= hasSample;
                            silent = hasSample ? 0 : silent + 1;
                            if (silent < SilentMaximum)
                            {
                                yield return PageWork.Line;
                                continue;
                            }

                            silent = 0;
                            yield return new ServicePause(1);
                        }
                    }
                }
            }
        }
    }

    private static string? Description(PrometheusQuery query, ProxyConfig proxy) => query.HasDescriptions ? proxy.Description : null;

    /// <returns>False when there is none: nothing is written then, the head neither.</returns>
    private static bool WriteSamples(
        ProxySet set, ServiceBuffer output, Metric metric, StatLine line, ProxyConfig proxy, string? description, int pass, bool needsHead)
    {
        int before = output.Length;
        if (needsHead)
            PrometheusStats.WriteHead(output, line.Kind, metric);
        int head = output.Length;
        if (metric.Shape is MetricShape.ServersByState or MetricShape.ServersByCheck)
            WriteServers(set, output, metric, line, proxy, description);
        else
            PrometheusStats.WriteSamples(output, metric, line, description, pass);
        if (output.Length > head)
            return true;
        output.Truncate(before);
        return false;
    }

    private static void WriteServers(ProxySet set, ServiceBuffer output, Metric metric, StatLine line, ProxyConfig proxy, string? description)
    {
        Backend backend = set.BackendOf(proxy)!;
        if (backend.Servers.Length == 0)
            return;
        List<string> states = new(backend.Servers.Length);
        foreach (Server server in backend.Servers)
        {
            if (metric.Shape == MetricShape.ServersByState)
                states.Add(ServerStatusText.Of(set, server));
            else if (set.Checks?.CheckOf(server) is { } check && !server.State.IsCheckDisabled)
                states.Add(Proxy.Checks.CheckStatuses.Code(check.Outcome.Status));
        }

        PrometheusStats.WriteServers(output, metric, line, description, states);
    }
}

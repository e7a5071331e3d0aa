using System;
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
/// "use-service prometheus-exporter". Samples of a metric stand together, so that each metric passes over all objects:
/// <see cref="ExportedObjects"/>.
/// </summary>
internal sealed class PrometheusService(PageContext context) : HttpService("<PROMEX>"u8.ToArray())
{
    /// <summary>Objects that one turn of the loop looks at without filling a buffer.</summary>
    private const int ObjectsPerTurn = 512;

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
            InfoSnapshot info = InfoSnapshot.Take(context.Set, context.Set.Model, context.Facts, loop);
            foreach (Metric metric in PrometheusMetrics.Process.Where(metric => query.Takes(PrometheusStats.NameOf(metric))))
            {
                PrometheusStats.WriteProcess(output, metric, info.Values);
                yield return PageWork.Line;
            }
        }

        foreach (StatObject kind in query.Kinds)
        {
            ExportedObjects objects = new(context.Set, kind, query);
            while (objects.Capture(ObjectsPerTurn))
                yield return ServicePause.NextTurn;
            Metric? told = null;
            foreach (MetricPass[] passes in Passes(kind, query).Chunk(ExportedObjects.ColumnsAtOnce))
            {
                objects.Begin(passes);
                while (objects.Read(loop, ObjectsPerTurn))
                    yield return ServicePause.NextTurn;
                for (int column = 0; column < passes.Length; column++)
                {
                    for (int at = 0; at < objects.Count; at++)
                    {
                        if (objects.HasSample(at, column))
                        {
                            // With the first sample, whichever pass has it: a metric without any is not mentioned.
                            if (passes[column].Metric != told)
                                PrometheusStats.WriteHead(output, kind, passes[column].Metric);
                            told = passes[column].Metric;
                            objects.Write(output, at, column);
                        }

                        if (output.IsFull)
                            yield return PageWork.Line;
                        else if (at % ObjectsPerTurn == ObjectsPerTurn - 1)
                            yield return ServicePause.NextTurn;
                    }
                }
            }
        }
    }

    /// <summary>One after the other what passes over all objects.</summary>
    internal static IEnumerable<MetricPass> Passes(StatObject kind, PrometheusQuery query)
    {
        IEnumerable<Metric> metrics = PrometheusMetrics.Of(kind);
        if (query.HasExtraCounters)
            metrics = metrics.Concat(PrometheusMetrics.OfModules(kind));
        foreach (Metric metric in metrics.Where(metric => query.Takes(PrometheusStats.NameOf(kind, metric))))
        {
            MetricWriter writer = new(kind, metric);
            for (int pass = 0; pass < MetricWriter.Passes(metric); pass++)
                yield return new MetricPass(metric, pass, writer);
        }
    }
}

using System;
using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Control.Stats;
using Hawser.Io.Loop;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Control.Pages;

/// <summary>"stats enable": the page of one proxy, in all its formats, and what its form changes.</summary>
internal sealed class StatisticsService(PageContext context, ProxyConfig proxy, StatisticsPageConfig page) : HttpService("<STATS>"u8.ToArray())
{
    private readonly string _uri = System.Text.Encoding.Latin1.GetString(ConfigText.Encode(page.Uri));
    

    public override bool WantsBody => true;

    public override ServiceWork Answer(ServiceRequest request, EventLoop loop)
    {
        string rest = request.Target.StartsWith(_uri, StringComparison.Ordinal) ? request.Target[_uri.Length..] : "";
        PageOptions options = PageOptions.Read(rest);
        if (request.IsPost)
            return Redirect(options, AdminForm.Apply(context, request, Filter(options)));
        ServiceField[] refresh = page.RefreshSeconds > 0 && !options.HasNoRefresh
            ? [new ServiceField("refresh", page.RefreshSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture))]
            : [];
        StatFilter filter = Filter(options);
        PageContext now = context.Frozen();
        StatsSnapshot snapshot = new(now.Set, loop);
        return options.Format switch
        {
            PageFormat.Csv => PageWork.Of("text/plain", output => Csv(snapshot, filter, output), refresh),
            PageFormat.Typed => PageWork.Of("text/plain", output => Typed(snapshot, filter, options.IsDescribed, output), refresh),
            PageFormat.Json => PageWork.Of("application/json", output => Json(snapshot, filter, output), refresh),
            PageFormat.JsonSchema => PageWork.Of("application/json", Schema, refresh),
            PageFormat.Dashboard => Dashboard.Page(),
            PageFormat.Events => new DashboardEvents(context, filter, loop, request.IsAdmin),
            _ => PageWork.Of(
                "text/html",
                output => new HtmlPage(now, page, _uri, options, request.IsAdmin, loop).Write(output, filter),
                refresh),
        };
    }

    private static ServiceWork Redirect(PageOptions options, string outcome, string uri)
    {
        string words = $";st={outcome}{(options.HidesDown ? ";up" : "")}{(options.HidesMaintenance ? ";no-maint" : "")}"
            + (options.HasNoRefresh ? ";norefresh" : "");
        return new TextWork([])
        {
            Status = 303,
            LengthBytes = 0,
            Fields =
            [
                new("cache-control", "no-cache"),
                new("content-type", "text/plain"),
                new("location", options.Link(uri, words)),
            ],
        };
    }

    private ServiceWork Redirect(PageOptions options, AdminOutcome outcome) => Redirect(options, AdminForm.Code(outcome), _uri);

    private StatFilter Filter(PageOptions options)
    {
        HashSet<string>? names = null;
        if (!page.Scope.IsEmpty)
        {
            names = new HashSet<string>(StringComparer.Ordinal);
            foreach (string name in page.Scope)
                names.Add(name == "." ? proxy.Name : name);
        }

        return StatFilter.Everything with
        {
            Names = names,
            NamePart = options.Scope,
            UpOnly = options.HidesDown,
            NoMaintenance = options.HidesMaintenance,
        };
    }

    private static IEnumerator<ServicePause> Csv(StatsSnapshot snapshot, StatFilter filter, ServiceBuffer output)
    {
        CsvStats.WriteHead(output);
        foreach (StatLine line in snapshot.Lines(filter))
        {
            CsvStats.WriteLine(output, line);
            yield return PageWork.Line;
        }
    }

    private static IEnumerator<ServicePause> Typed(StatsSnapshot snapshot, StatFilter filter, bool isDescribed, ServiceBuffer output)
    {
        foreach (StatLine line in snapshot.Lines(filter))
        {
            TypedStats.WriteLine(output, line, isDescribed);
            yield return PageWork.Line;
        }
    }

    private static IEnumerator<ServicePause> Json(StatsSnapshot snapshot, StatFilter filter, ServiceBuffer output)
    {
        output.Write('[');
        bool isFirst = true;
        foreach (StatLine line in snapshot.Lines(filter))
        {
            if (!isFirst)
                output.Write(',');
            isFirst = false;
            JsonStats.WriteLine(output, line);
            yield return PageWork.Line;
        }

        output.Write("]\n");
    }

    private static IEnumerator<ServicePause> Schema(ServiceBuffer output)
    {
        JsonSchema.Write(output);
        yield break;
    }
}

using System.Text;
using Hawser.Config.Model;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Control.Pages;

/// <summary>The services of this process: the statistics page of each proxy, and what "use-service" names.</summary>
public sealed class PageServices : HttpServices
{
    private readonly PrometheusService _exporter;

    public PageServices() => _exporter = new PrometheusService(Context);

    public PageContext Context { get; } = new();

    public override HttpService? StatisticsPage(ProxyConfig proxy, StatisticsPageConfig page) =>
        new StatisticsService(Context, proxy, page);

    public override HttpService? Find(string name) => name == "prometheus-exporter" ? _exporter : null;
}

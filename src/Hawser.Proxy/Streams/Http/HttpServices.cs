using Hawser.Config.Model;

namespace Hawser.Proxy.Streams.Http;

/// <summary>The services there are. The data plane knows none: the composition root introduces them.</summary>
public abstract class HttpServices
{
    public static readonly HttpServices None = new NoServices();

    /// <summary>The statistics page of a proxy; null when there is none.</summary>
    public abstract HttpService? StatisticsPage(ProxyConfig proxy, StatisticsPageConfig page);

    /// <summary>What "use-service" names; null when nothing is called so.</summary>
    public abstract HttpService? Find(string name);

    private sealed class NoServices : HttpServices
    {
        public override HttpService? StatisticsPage(ProxyConfig proxy, StatisticsPageConfig page) => null;

        public override HttpService? Find(string name) => null;
    }
}

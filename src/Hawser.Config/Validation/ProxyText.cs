using Hawser.Config.Model;

namespace Hawser.Config.Validation;

/// <summary>How HAProxy calls a proxy in its messages.</summary>
internal static class ProxyText
{
    public static string KindOf(ProxyConfig proxy) => proxy.Kind switch
    {
        ProxyKind.Frontend => "frontend",
        ProxyKind.Backend => "backend",
        _ => "proxy",
    };

    /// <summary>"frontend 'a'".</summary>
    public static string Describe(ProxyConfig proxy) => $"{KindOf(proxy)} '{proxy.Name}'";

    public static string ModeOf(ProxyConfig proxy) => proxy.Mode.ToString().ToLowerInvariant();
}

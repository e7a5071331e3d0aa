using System;
using System.Linq;

namespace Hawser.Config.Lint.Views;

/// <summary>What <c>balance</c> means for a backend (manual, 4.2).</summary>
internal static class BalanceView
{
    private static readonly string[] s_hashes = ["source", "uri", "url_param", "hdr", "rdp-cookie", "hash", "log-hash"];

    /// <summary>The server follows from a hash of something the client sends or is.</summary>
    public static bool IsHash(ProxyView proxy)
    {
        string algorithm = proxy.Setting("balance")?.Text(1) ?? "";
        return s_hashes.Any(name => algorithm == name || algorithm.StartsWith(name + "(", StringComparison.Ordinal));
    }
}

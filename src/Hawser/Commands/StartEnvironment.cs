using System;
using System.Collections;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Proxy.Logging;

namespace Hawser.Commands;

/// <summary>What a configuration may ask about its surroundings (manual, 2.3 and 2.4).</summary>
internal static class StartEnvironment
{
    private const string HostNameFile = "/proc/sys/kernel/hostname";

    /// <summary>The whole host name; the runtime's own cuts it at the first dot.</summary>
    public static string HostName() => File.ReadAllText(HostNameFile).Trim();

    public static string LocalPeer(Options options) => options.LocalPeer ?? HostName();

    public static ConfigurationEnvironment Create(Options options) => new()
    {
        Variables = Variables(options),
        CompatibleVersion = ProductVersion.Compatible,
        Features = Features.Working,
        EnabledOptions = EnabledOptions(options),
        WarningsAreFatal = options.WarningsAreFatal,
        DirectoryExists = Directory.Exists,
        ReadFile = static path => ConfigurationFiles.ReadBytes(path, out _),
    };

    public static Dictionary<string, string> Variables(Options options)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        foreach ((string name, string? value) in Own(options)) variables[name] = value!;
        // Those are for the configuration only.
        variables["HAPROXY_TCP_LOG_FMT"] = LogFormats.Tcp;
        variables["HAPROXY_TCP_CLF_LOG_FMT"] = LogFormats.TcpClf;
        variables["HAPROXY_HTTP_LOG_FMT"] = LogFormats.Http;
        variables["HAPROXY_HTTP_CLF_LOG_FMT"] = LogFormats.HttpClf;
        variables["HAPROXY_HTTPS_LOG_FMT"] = LogFormats.Https;
        variables["HAPROXY_KEYLOG_FC_LOG_FMT"] = LogFormats.KeylogOf("fc");
        variables["HAPROXY_KEYLOG_BC_LOG_FMT"] = LogFormats.KeylogOf("bc");
        return variables;
    }

    /// <summary>What this program adds to the environment, its children's too (manual, 2.3).</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Own(Options options) =>
    [
        new("HAPROXY_STARTUP_VERSION", ProductVersion.Full),
        new("HAPROXY_BRANCH", ProductVersion.CompatibleBranch),
        new("HAPROXY_CFGFILES", string.Join(';', options.Files)),
        new("HAPROXY_LOCALPEER", LocalPeer(options)),
    ];

    /// <summary>For <c>enabled(NAME)</c>.</summary>
    public static FrozenSet<string> EnabledOptions(Options options)
    {
        HashSet<string> names = ["EPOLL"];
        if (!options.NoGetAddrInfo) names.Add("GETADDRINFO");
        if (!options.NoSplice) names.Add("SPLICE");
        if (!options.NoReusePort) names.Add("REUSEPORT");
        if (options.NoServerVerify) names.Add("SERVER-SSL-VERIFY-NONE");
        return names.ToFrozenSet();
    }
}

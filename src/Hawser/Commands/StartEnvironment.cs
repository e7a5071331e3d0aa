using System;
using System.Collections;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using Hawser.CommandLine;
using Hawser.Config.Binding;

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
        ReadFile = static path => ConfigurationFiles.ReadBytes(path, out _),
    };

    public static Dictionary<string, string> Variables(Options options)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        variables["HAPROXY_STARTUP_VERSION"] = ProductVersion.Full;
        variables["HAPROXY_BRANCH"] = ProductVersion.CompatibleBranch;
        variables["HAPROXY_CFGFILES"] = string.Join(';', options.Files);
        variables["HAPROXY_LOCALPEER"] = LocalPeer(options);
        return variables;
    }

    /// <summary>For <c>enabled(NAME)</c>.</summary>
    public static FrozenSet<string> EnabledOptions(Options options)
    {
        HashSet<string> names = ["EPOLL", "GETADDRINFO"];
        if (!options.NoSplice) names.Add("SPLICE");
        if (!options.NoReusePort) names.Add("REUSEPORT");
        if (options.NoServerVerify) names.Add("SERVER-SSL-VERIFY-NONE");
        return names.ToFrozenSet();
    }
}

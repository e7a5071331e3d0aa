using System.Collections.Generic;
using System.Linq;

namespace Hawser.Fuzz.Targets;

/// <summary>The visible list of targets.</summary>
internal static class TargetTable
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new ConfigurationTarget(),
        new Http1Target(isRequest: true),
        new Http1Target(isRequest: false),
        new ProxyHeaderTarget(),
        new ClientHelloTarget(),
        new LogLineTarget(),
    ];

    public static FuzzTarget? Find(string name) => All.FirstOrDefault(target => target.Name == name);
}

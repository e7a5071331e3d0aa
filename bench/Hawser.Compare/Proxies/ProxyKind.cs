namespace Hawser.Compare.Proxies;

/// <summary>What a program's configuration looks like, and how it is started.</summary>
internal enum ProxyKind
{
    Hawser,
    Haproxy,
    Nginx,

    /// <summary>The .NET reference: YARP on Kestrel (bench/Hawser.Compare.Yarp).</summary>
    Yarp,
}

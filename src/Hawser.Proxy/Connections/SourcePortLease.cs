namespace Hawser.Proxy.Connections;

/// <summary>A port that a connection has from its server's <see cref="SourcePorts"/>; default: none.</summary>
public struct SourcePortLease(SourcePorts ports, int port)
{
    private SourcePorts? _ports = ports;
    private readonly int _port = port;

    /// <summary>After its socket is closed; later calls do nothing.</summary>
    public void Return()
    {
        _ports?.Give(_port);
        _ports = null;
    }
}

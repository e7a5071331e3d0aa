namespace Hawser.Proxy.Connections;

/// <summary>What of a PROXY header the kernel has not taken yet, in a block of its connection's loop.</summary>
internal sealed unsafe class HeaderRest
{
    /// <summary>Leased; given back when its connection closes, or all was sent.</summary>
    public byte* Block;

    public int Sent;
    public int Length;
}

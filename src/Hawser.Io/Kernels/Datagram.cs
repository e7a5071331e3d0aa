namespace Hawser.Io.Kernels;

/// <summary>One datagram of a batch (<see cref="Kernel.SendDatagrams"/>).</summary>
public unsafe struct Datagram
{
    public byte* Bytes;
    public int Length;

    /// <summary>The descriptor it leaves by.</summary>
    public int Socket;

    public SocketAddress Destination;
}

using Hawser.Simulation.Worlds;

namespace Hawser.Simulation.Networks;

/// <summary>Who holds one end of a connection: an actor, or a descriptor of a proxy. Told what happens to it.</summary>
internal abstract class EndOwner : WorldTask
{
    public abstract void OnEstablished(TcpEnd end);

    /// <summary>Nobody listens there, or the way is barred.</summary>
    public abstract void OnRefused(TcpEnd end);

    /// <summary>Bytes or a FIN.</summary>
    public abstract void OnArrived(TcpEnd end);

    /// <summary>Room for more to send.</summary>
    public abstract void OnRoom(TcpEnd end);

    public abstract void OnReset(TcpEnd end);

    public override void Run(int argument)
    {
    }
}

namespace Hawser.Simulation.Networks;

internal enum SynAnswer
{
    Accepted,
    Refused,

    /// <summary>No answer: the client's kernel tries again later.</summary>
    Dropped,
}

/// <summary>Who listens at an address.</summary>
internal abstract class SynTarget
{
    /// <summary>When accepted, the far end has an owner, or will have one.</summary>
    public abstract SynAnswer OnSyn(TcpConnection connection);
}

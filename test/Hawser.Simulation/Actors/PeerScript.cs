namespace Hawser.Simulation.Actors;

/// <summary>When an actor says that it has said all.</summary>
internal enum FinPolicy
{
    /// <summary>As soon as everything is sent: the half close.</summary>
    AfterSending,

    /// <summary>When the peer has finished and everything is answered.</summary>
    AfterPeer,

    /// <summary>Closes both ways when it has received enough.</summary>
    AfterReceiving,

    Never,
}

/// <summary>What an actor does on one connection. Sizes in bytes, times in microseconds.</summary>
internal struct PeerScript
{
    /// <summary>What it is called in a report.</summary>
    public string Name;

    public long SendsBytes;

    /// <summary>Sends as much as it has received.</summary>
    public bool Echoes;

    public int SendChunk;
    public int SendGapUs;
    public int ReadChunk;
    public int ReadGapUs;

    /// <summary>Reads no further; 0: never reads.</summary>
    public long ReadsAtMost;

    public FinPolicy Fin;

    /// <summary>With <see cref="FinPolicy.AfterReceiving"/>.</summary>
    public long WantsBytes;

    /// <summary>Resets the connection once it has sent and received so much; -1: never.</summary>
    public long ResetsAfter;

    /// <summary>Says no more than so many bytes; in mode http.</summary>
    public long StopsAfter;

    /// <summary>Then it says that this was all.</summary>
    public bool FinsWhenStopped;

    public int StartsAfterUs;

    /// <summary>Closes, whatever is open, after so long; 0: waits for the other side.</summary>
    public int PatienceUs;

    /// <summary>Whether a session between two of this kind, undisturbed, ends without a flag in its log.</summary>
    public bool IsPlain;

    public static PeerScript New(string name) => new()
    {
        Name = name,
        SendChunk = 64 * 1024,
        ReadChunk = 64 * 1024,
        ReadsAtMost = long.MaxValue,
        ResetsAfter = -1,
        StopsAfter = long.MaxValue,
    };
}

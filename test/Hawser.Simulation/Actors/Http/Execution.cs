namespace Hawser.Simulation.Actors.Http;

/// <summary>What goes wrong with an answer.</summary>
internal enum AnswerTrouble
{
    None,

    /// <summary>The body stops in the middle, by FIN or reset.</summary>
    Truncated,

    /// <summary>Something that is no response.</summary>
    Junk,

    /// <summary>The connection ends, by FIN or reset, before anything was said.</summary>
    NoWord,

    /// <summary>Nothing comes, for as long as the proxy waits.</summary>
    Silence,

    /// <summary>The body stops in the middle, and the connection stays.</summary>
    Stalls,

    /// <summary>A whole response with bytes behind it that nobody asked for.</summary>
    Excess,

    /// <summary>Its chunks stop being chunks.</summary>
    BrokenChunks,
}

/// <summary>A request as a server got it, and what the server answers.</summary>
internal sealed class Execution
{
    /// <summary>From 1, in the order of the run; it names the answer in its head.</summary>
    public required int Serial { get; init; }

    public required Inquiry Inquiry { get; init; }

    /// <summary>From 0: the number of the server.</summary>
    public required int Server { get; init; }

    public required HttpServerPeer Peer { get; init; }

    public required long BeganUs { get; init; }

    // The answer.
    public int Status;
    public BodyEnding Ending;
    public bool IsOldVersion;

    /// <summary>The body as announced; with trouble less of it may be said.</summary>
    public long BodyBytes;
    public bool HasTrailers;

    /// <summary>Of the body, what the server has said or is about to.</summary>
    public long SaidBytes;
    public AnswerTrouble Trouble;

    /// <summary>The server's connection takes no request after this one.</summary>
    public bool IsLast;

    /// <summary>An interim response comes first.</summary>
    public int InterimStatus;

    /// <summary>Answered before the request's body was there.</summary>
    public bool IsEarly;
    public int DelayUs;

    /// <summary>The server closes a connection that has been idle for so long; 0: never.</summary>
    public int IdleUs;
    public int ChunkBytes;

    /// <summary>With trouble: a reset, not a FIN.</summary>
    public bool EndsWithReset;

    /// <summary>Where it lies in what the server says; the body without chunks only.</summary>
    public long At = long.MaxValue;
    public long BodyAt = long.MaxValue;
    public long End = long.MaxValue;

    /// <summary>Where it stops, whole or not.</summary>
    public long SaidEnd = long.MaxValue;

    /// <summary>The server has begun to say it.</summary>
    public bool IsBegun;

    /// <summary>The request's body has been written to the server, all of it.</summary>
    public bool IsRequestWhole;

    /// <summary>Where the request ends in what the server reads.</summary>
    public long RequestEnd = long.MaxValue;

    /// <summary>Bytes of the request's body that the proxy has written.</summary>
    public long RequestBytes;

    public override string ToString() =>
        $"server {Server + 1} answers {Status}{(IsOldVersion ? " 1.0" : "")}, {BodyBytes} bytes by {Ending}{(Trouble == AnswerTrouble.None ? "" : $", {Trouble}")}";

    public long Place => Places.OfAnswer(Serial);

    /// <summary>A client that was told all of it was told the truth.</summary>
    public bool IsWhole => Trouble is AnswerTrouble.None or AnswerTrouble.Excess;
}

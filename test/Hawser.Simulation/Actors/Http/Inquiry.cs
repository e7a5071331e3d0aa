using System.Collections.Generic;

namespace Hawser.Simulation.Actors.Http;

/// <summary>Where a message's body ends.</summary>
internal enum BodyEnding
{
    /// <summary>There is none.</summary>
    None,
    Length,
    Chunks,
    Close,

    /// <summary>No message any more: bytes both ways.</summary>
    Tunnel,
}

/// <summary>One request of a client: what it is, and all that came of it.</summary>
internal sealed class Inquiry
{
    /// <summary>Names the request in its head; the same whoever else takes part in the run.</summary>
    public required int Id { get; init; }

    public required HttpClient Client { get; init; }

    public string Method { get; init; } = "GET";

    /// <summary>What the configuration does with it; null: nothing special.</summary>
    public HttpPath? Path { get; init; }

    public bool IsOldVersion { get; init; }

    /// <summary>"Connection: close".</summary>
    public bool WantsClose { get; init; }

    /// <summary>Its body waits for "100 Continue", for a while.</summary>
    public bool ExpectsContinue { get; init; }

    /// <summary>It asks for another protocol, or for a tunnel.</summary>
    public bool WantsTunnel { get; init; }

    /// <summary>Not quite a request: nobody knows what comes of it.</summary>
    public bool IsWild { get; init; }

    public BodyEnding Ending { get; init; }

    /// <summary>Without what frames it.</summary>
    public long BodyBytes { get; init; }

    public bool HasTrailers { get; init; }

    /// <summary>Where its parts begin and end in what its client says; known when that has been said.</summary>
    public long At { get; set; } = long.MaxValue;

    public long HeadEnd { get; set; } = long.MaxValue;

    /// <summary>When its client began to say it; known when <see cref="At"/> is.</summary>
    public long SaidUs { get; set; } = long.MaxValue;

    public long End { get; set; } = long.MaxValue;

    /// <summary>Each time that a server got it.</summary>
    public List<Execution> Executions { get; } = [];

    /// <summary>The response's head has been written to the client: its status; 0 before that.</summary>
    public int Status { get; set; }

    /// <summary>Whose response that is; null: the proxy's own.</summary>
    public Execution? Answer { get; set; }

    /// <summary>The response has been written to the client up to its end.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>Bytes of the response's body that were written to the client.</summary>
    public long AnswerBytes { get; set; }

    /// <summary>Where the response ends in what the proxy says to the client.</summary>
    public long AnswerEnd { get; set; } = long.MaxValue;

    /// <summary>It went to a server whose connection had just got bytes that nobody asked for: these may be its answer.</summary>
    public bool IsSpoiled { get; set; }

    public bool WasContinued { get; set; }

    public bool IsLogged { get; set; }

    /// <summary>Where its body begins in the noise.</summary>
    public long Place => Places.OfRequest(Id);

    public override string ToString() =>
        $"{Method}{(IsOldVersion ? " 1.0" : "")} {Id} {Path?.Prefix ?? "/"}, {BodyBytes} bytes by {Ending}{(IsWild ? ", wild" : "")}{(WantsTunnel ? ", for a tunnel" : "")}";

    public bool IsHeadOnly => Method == "HEAD";
}

/// <summary>Each body is a part of the noise of its own.</summary>
internal static class Places
{
    public static long OfRequest(int id) => (uint)(id * 0x9E3779B1) >> 4;

    public static long OfAnswer(int serial) => (uint)(serial * 0x85EBCA6B) >> 4;
}

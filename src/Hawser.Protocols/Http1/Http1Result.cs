namespace Hawser.Protocols.Http1;

/// <summary>What a parser says about the bytes that it has so far.</summary>
public enum Http1Result : byte
{
    /// <summary>All right up to here; more has to come.</summary>
    NeedMore,
    Complete,

    /// <summary>No message can begin like that.</summary>
    Invalid,
}

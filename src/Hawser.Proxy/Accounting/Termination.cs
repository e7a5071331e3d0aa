namespace Hawser.Proxy.Accounting;

/// <summary>
/// Who or what ended a session: the first character of the termination state (manual, section 8.5). The value is the
/// character.
/// </summary>
public enum TerminationCause : byte
{
    None = (byte)'-',
    ClientAbort = (byte)'C',
    ServerAbort = (byte)'S',
    Proxy = (byte)'P',
    Local = (byte)'L',
    Resource = (byte)'R',
    Internal = (byte)'I',
    ServerDown = (byte)'D',
    ServerUp = (byte)'U',
    Killed = (byte)'K',
    ClientTimeout = (byte)'c',
    ServerTimeout = (byte)'s',
}

/// <summary>What the session was doing then: the second character.</summary>
public enum TerminationPhase : byte
{
    None = (byte)'-',
    Request = (byte)'R',
    Queue = (byte)'Q',
    Connect = (byte)'C',
    Headers = (byte)'H',
    Data = (byte)'D',
    Last = (byte)'L',
    Tarpit = (byte)'T',
}

namespace Hawser.Simulation.Invariants;

/// <summary>What must hold, as a report names it.</summary>
internal static class InvariantNames
{
    public const string ByteOrder = "bytes arrive in order, unchanged, never twice";
    public const string Conservation = "accepted = delivered + ledger";
    public const string Lifetime = "no session outlives its timeouts";
    public const string Termination = "the termination state agrees with what happened";
    public const string Counters = "counters equal what happened";
    public const string Limits = "maxconn holds";
    public const string Fairness = "a session does no more in a turn than it may";
    public const string Queues = "queue rules hold";
    public const string Weights = "weights hold";
    public const string Leaks = "nothing is left at the end";
    public const string Progress = "what can go on goes on";
    public const string Descriptors = "only open descriptors are used";
    public const string Settles = "everything settles when faults end";
    public const string Requests = "servers get whole requests, each on a clean connection, no more often than allowed";
    public const string Answers = "clients get whole answers, each from the server that got the request";
    public const string RequestLog = "each request has one log line, and the line is true";
    public const string Reloads = "a reload does what its plan says";
    public const string Service = "a client without trouble is served";
}

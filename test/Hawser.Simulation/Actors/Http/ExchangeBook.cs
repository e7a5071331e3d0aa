using System.Collections.Generic;
using Hawser.Simulation.Invariants;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Actors.Http;

/// <summary>Every request of a run and every time one came to a server: what actors and invariants ask.</summary>
internal sealed class ExchangeBook(Network network, HttpMix mix)
{
    private readonly Dictionary<int, Inquiry> _inquiries = [];
    private readonly List<Execution> _executions = [];

    public Network Network => network;

    public HttpMix Mix => mix;

    public IEnumerable<Inquiry> Inquiries => _inquiries.Values;

    public IReadOnlyList<Execution> Executions => _executions;

    /// <summary>Null: the proxy is not reloaded.</summary>
    public Takeovers? Takeovers { get; init; }

    /// <summary>Somebody has sent what is not quite a request.</summary>
    public bool HasWild { get; private set; }

    /// <summary>When a proxy last had no processor, or was in a turn of its loop for long.</summary>
    public long AwakeSinceUs { get; set; }

    /// <summary>
    /// When the loop that is in a turn began the last one before that was told all that was ready. What has come since may
    /// lie among the events of this turn, behind the one that is handled now, however long this turn takes.
    /// </summary>
    public long LastTurnUs { get; set; }

    /// <summary>Final responses that were written to clients, by the first digit of their status.</summary>
    public long[] Heads { get; } = new long[6];

    /// <summary>Log lines that blame the client: its response may have been begun and not taken.</summary>
    public long Broken { get; set; }

    /// <summary>What clients were written that may be the head of a response, or a part of one that nobody can tell.</summary>
    public long Doubtful { get; set; }

    public int NextSerial => _executions.Count + 1;

    public void Add(Inquiry inquiry)
    {
        _inquiries.Add(inquiry.Id, inquiry);
        HasWild |= inquiry.IsWild;
    }

    public void Add(Execution execution)
    {
        _executions.Add(execution);
        execution.Inquiry.Executions.Add(execution);
    }

    public Inquiry? FindInquiry(int id) => _inquiries.GetValueOrDefault(id);

    public Execution? FindExecution(int serial) =>
        serial > 0 && serial <= _executions.Count ? _executions[serial - 1] : null;
}

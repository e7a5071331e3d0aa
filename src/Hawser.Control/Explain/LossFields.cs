namespace Hawser.Control.Explain;

/// <summary>Hawser's loss ledger in a line (docs/loss.md); req: client to server, res: server to client.</summary>
public sealed record LossFields
{
    public long? RequestLost { get; init; }
    public long? ResponseLost { get; init; }
    public long? RequestUnconfirmed { get; init; }
    public long? ResponseUnconfirmed { get; init; }

    public long Lost => (RequestLost ?? 0) + (ResponseLost ?? 0);

    public bool IsPresent => (RequestLost ?? ResponseLost ?? RequestUnconfirmed ?? ResponseUnconfirmed) is not null;
}

using System;

namespace Hawser.Control.Explain;

/// <summary>
/// The loss ledger among the words of a user's log-format: <c>lost=REQ/RES unconfirmed=REQ/RES</c> as in
/// examples/logging.cfg, or each fetch by its name, <c>req.bytes_lost=N</c>.
/// </summary>
internal static class LossReader
{
    private const string RequestLost = "req.bytes_lost";
    private const string ResponseLost = "res.bytes_lost";
    private const string RequestUnconfirmed = "req.bytes_unconfirmed";
    private const string ResponseUnconfirmed = "res.bytes_unconfirmed";

    public static LossFields Read(string rest)
    {
        LossFields loss = new();
        foreach (string word in rest.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) continue;
            string[] values = word[(equals + 1)..].Split('/');
            if (!FieldCursor.TryNumber(values[0], out long first) || first < 0) continue;
            long? second = values.Length == 2 && FieldCursor.TryNumber(values[1], out long other) && other >= 0
                ? other
                : null;
            loss = word[..equals] switch
            {
                "lost" when second is not null => loss with { RequestLost = first, ResponseLost = second },
                "unconfirmed" when second is not null =>
                    loss with { RequestUnconfirmed = first, ResponseUnconfirmed = second },
                RequestLost => loss with { RequestLost = first },
                ResponseLost => loss with { ResponseLost = first },
                RequestUnconfirmed => loss with { RequestUnconfirmed = first },
                ResponseUnconfirmed => loss with { ResponseUnconfirmed = first },
                _ => loss,
            };
        }
        return loss;
    }
}

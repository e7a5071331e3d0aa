using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;

namespace Hawser.Control.Explain;

/// <summary>Facts from the fields beside timers and termination.</summary>
internal static class LineNotes
{
    private const int FirstErrorStatus = 500;

    public static ImmutableArray<string> Of(LogLine line)
    {
        List<string> notes = [];
        if (line.Doubt is { } doubt) notes.Add(doubt);
        if (line.CutAt is { } field) notes.Add($"the line is cut at {field}: what follows is missing");
        if (line.IsEarly) notes.Add("written before the end (\"option logasap\"): time and bytes went on after this");
        if (line.Status is >= FirstErrorStatus && line.TerminationAt(0) == '-')
            notes.Add($"the status {line.Status} came from the server itself, in an answer that was complete");
        if (line.HasNoServer && line.IsSession && line.TerminationAt(0) is not ('L' or '-'))
            notes.Add("no server was ever chosen");
        if (line.Retries > 0)
        {
            notes.Add(line.IsRedispatched
                ? Text($"{line.Retries} retries, then a redispatch: the server named is the last one tried, not the one that failed")
                : Text($"{line.Retries} retries to connect to the same server"));
        }
        else if (line.IsRedispatched) notes.Add("redispatched: the server named is not the one that was chosen first");
        if (line.ServerQueue > 0) notes.Add(Text($"{line.ServerQueue} others stood before it in the server's queue"));
        if (line.BackendQueue > 0) notes.Add(Text($"{line.BackendQueue} others stood before it in the backend's queue"));
        if (line.Termination is { Length: 4 } state && state[2..] != "--")
        {
            string cookies = TerminationLetters.CookiePairs.GetValueOrDefault(state[2..],
                $"{TerminationLetters.RequestCookies[state[2]]}; in the response: {TerminationLetters.ResponseCookies[state[3]]}");
            notes.Add($"cookie {state[2..]}: {cookies}");
        }
        if (line.Tls is { } tls && !tls.StartsWith("0/0", System.StringComparison.Ordinal))
            notes.Add($"the TLS fields report an error: {tls}");
        if (line.Rest is { } rest && !line.Loss.IsPresent) notes.Add($"fields of a log-format of your own follow: {rest}");
        return [.. notes];
    }

    /// <summary>Empty when the line has no field of the ledger.</summary>
    public static ImmutableArray<string> LossOf(LogLine line)
    {
        LossFields loss = line.Loss;
        if (!loss.IsPresent) return [];
        List<string> notes = [];
        Add(notes, loss.RequestLost, "from the client, accepted and never delivered to the server");
        Add(notes, loss.ResponseLost, "from the server, accepted and never delivered to the client");
        Add(notes, loss.RequestUnconfirmed, "sent to the server and not acknowledged when the connection was closed");
        Add(notes, loss.ResponseUnconfirmed, "sent to the client and not acknowledged when the connection was closed");
        if (notes.Count == 0) notes.Add("nothing was lost");
        return [.. notes];
    }

    private static void Add(List<string> notes, long? bytes, string words)
    {
        if (bytes > 0) notes.Add(Text($"{bytes} bytes {words}"));
    }

    private static string Text(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

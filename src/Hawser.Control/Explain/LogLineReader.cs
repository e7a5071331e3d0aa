using System;
using System.Text;
using Hawser.Config.Lint.Views;

namespace Hawser.Control.Explain;

/// <summary>
/// Finds a log line inside whatever stands before it and reads its fields. Takes any text; never throws. Everything is
/// found from the date in brackets, which all session formats have behind the client's address.
/// </summary>
public static class LogLineReader
{
    private const string ConnectFrom = "Connect from ";
    private const string ConnectTo = "Connect to ";
    private const string ClfIdentity = "- -";

    /// <summary>What messages about servers and proxies start with, and what else stands in them.</summary>
    private static readonly (string Start, string Part)[] ProcessMessages =
    [
        ("Server ", " is "), ("Backup Server ", " is "), ("Health check for ", "server "), ("Proxy ", " st"),
        ("backend ", " has no server available"), ("Stopping ", " "), ("Pausing ", " "),
    ];

    /// <param name="configuration">Whose log-formats are tried first; null: there are only the standard ones.</param>
    public static LogLineReading Read(string text, ConfigurationView? configuration) =>
        configuration is not null && CustomLine.Read(text, configuration) is { } line ? LogLineReading.Of(line) : Read(text);

    public static LogLineReading Read(string text)
    {
        string line = Printable(text).Trim();
        if (line.Length == 0) return LogLineReading.Failed("the line is empty");
        int date = BracketedDate.Find(line);
        if (date >= 0) return ReadDated(line, date);
        int connect = line.IndexOf(ConnectFrom, StringComparison.Ordinal);
        if (connect >= 0) return ReadConnect(line, connect, ConnectFrom);
        connect = line.IndexOf(ConnectTo, StringComparison.Ordinal);
        if (connect >= 0) return ReadConnect(line, connect, ConnectTo);
        return ReadProcessMessage(line) is { } message
            ? LogLineReading.Of(message)
            : LogLineReading.Failed(
                "no date in brackets such as [06/Feb/2009:12:12:51.443] and no \"Connect from\": "
                + "the line is cut before it, or comes from another program or log-format");
    }

    /// <summary>Control characters as HAProxy itself encodes them (manual, 8.6), so that no line drives a terminal.</summary>
    internal static string Printable(string text)
    {
        StringBuilder? changed = null;
        for (int index = 0; index < text.Length; index++)
        {
            char next = text[index];
            bool isHarmful = char.IsControl(next) && next is not ('\t' or '\n' or '\r');
            if (isHarmful) changed ??= new StringBuilder(text, 0, index, text.Length * 2);
            if (changed is null) continue;
            if (isHarmful) changed.Append($"#{(int)next:X2}");
            else changed.Append(next);
        }
        return (changed?.ToString() ?? text).Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');
    }

    private static LogLineReading ReadDated(string line, int open)
    {
        int close = line.IndexOf(']', open);
        string before = line[..open].TrimEnd();
        bool isClf = before.EndsWith(ClfIdentity, StringComparison.Ordinal);
        if (isClf) before = before[..^ClfIdentity.Length].TrimEnd();
        int space = before.LastIndexOf(' ');
        int clientStart = space + 1;
        // Some formats put <PRI> right before the line.
        if (before.AsSpan(clientStart).StartsWith("<")) clientStart = before.IndexOf('>', clientStart) + 1;
        if (clientStart <= space) clientStart = space + 1;
        string client = before[clientStart..];
        if (!isClf && !HasPort(client))
        {
            return LogLineReading.Failed(client.Length == 0
                ? "nothing stands before the date, where a client's address and port belong"
                : $"'{client}' before the date is no client's address with a port");
        }
        LogLine start = new()
        {
            Kind = LogLineKind.Tcp,
            Text = line,
            Prefix = SyslogPrefix.Parse(line[..clientStart]),
            Client = client,
            Date = line[(open + 1)..(close < 0 ? line.Length : close)],
        };
        if (close < 0) return LogLineReading.Of(start with { CutAt = "the date" });
        FieldCursor fields = new(line[(close + 1)..]);
        return isClf ? ClfLine.Read(start, fields) : SessionLine.Read(start, fields);
    }

    private static bool HasPort(string client)
    {
        int colon = client.LastIndexOf(':');
        return colon > 0 && FieldCursor.TryNumber(client.AsSpan(colon + 1), out long port) && port >= 0;
    }

    private static LogLineReading ReadConnect(string line, int start, string words)
    {
        LogLine connect = new()
        {
            Kind = LogLineKind.Connect,
            Text = line,
            Prefix = SyslogPrefix.Parse(line[..start]),
        };
        FieldCursor fields = new(line[(start + words.Length)..]);
        bool hasClient = words == ConnectFrom;
        string? first = fields.Take(out _);
        if (first is null) return LogLineReading.Of(connect with { CutAt = "the client's address" });
        connect = hasClient ? connect with { Client = first } : connect with { Client = first, Destination = first };
        if (hasClient)
        {
            if (fields.Take(out _) is not "to" || fields.Take(out _) is not { } destination)
                return LogLineReading.Of(connect with { CutAt = "the destination" });
            connect = connect with { Destination = destination };
        }
        // (frontend/MODE)
        string owner = fields.Rest;
        int slash = owner.IndexOf('/', StringComparison.Ordinal);
        int end = owner.IndexOf(')', StringComparison.Ordinal);
        if (!owner.StartsWith('(') || slash < 0) return LogLineReading.Of(connect with { CutAt = "the frontend" });
        connect = connect with { Frontend = owner[1..slash] };
        if (end < slash) return LogLineReading.Of(connect with { CutAt = "the mode" });
        return LogLineReading.Of(connect with { Mode = owner[(slash + 1)..end] });
    }

    private static LogLine? ReadProcessMessage(string line)
    {
        foreach ((string start, string part) in ProcessMessages)
        {
            int index = line.IndexOf(start, StringComparison.Ordinal);
            bool isAtStart = index == 0 || (index > 0 && line[index - 1] is ' ' or '>');
            if (!isAtStart || line.IndexOf(part, index + start.Length - 1, StringComparison.Ordinal) < 0) continue;
            return new LogLine
            {
                Kind = LogLineKind.Process,
                Text = line,
                Prefix = SyslogPrefix.Parse(line[..index]),
                Message = line[index..],
            };
        }
        return null;
    }
}

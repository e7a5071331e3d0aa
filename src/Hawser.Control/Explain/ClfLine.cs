using System;

namespace Hawser.Control.Explain;

/// <summary>The fields behind the date in "option tcplog clf" and "option httplog clf": one each, in fixed order.</summary>
internal static class ClfLine
{
    private const string TcpRequest = "TCP ";

    public static LogLineReading Read(LogLine line, FieldCursor fields)
    {
        string? request = fields.Take(out bool isWhole);
        if (request is null || !isWhole) return SessionLine.Cut(line with { Kind = LogLineKind.HttpClf }, "the request");
        bool isTcp = request == TcpRequest;
        line = line with
        {
            Kind = isTcp ? LogLineKind.TcpClf : LogLineKind.HttpClf,
            Request = isTcp ? null : request,
        };
        string?[] words = new string?[isTcp ? TcpFields.Length : HttpFields.Length];
        string? cut = null;
        for (int index = 0; index < words.Length && cut is null; index++)
        {
            words[index] = fields.Take(out isWhole);
            // A number at the very end may have lost digits.
            if (!isWhole) words[index] = null;
            if (words[index] is null) cut = (isTcp ? TcpFields : HttpFields)[index].TrimStart(NumberMark);
        }
        if (FirstBad(words, isTcp ? TcpFields : HttpFields, line.Client!) is { } problem)
            return LogLineReading.Failed(problem);
        if (words[State] is { } state && !TerminationLetters.AreKnown(state))
            return LogLineReading.Failed($"'{state}' stands where the termination state belongs");
        line = isTcp ? Tcp(line, words) : Http(line, words);
        if (cut is not null) return SessionLine.Cut(line, cut);
        if (isTcp) return LogLineReading.Of(line);
        // Captured headers end the line, each a field of its own.
        return LogLineReading.Of(fields.Rest.Trim(' ', '"').Length == 0 ? line : line with { RequestHeaders = fields.Rest });
    }

    /// <summary>Index of the termination state, the same in both.</summary>
    private const int State = 14;

    private const char NumberMark = '#';

    /// <summary>Names for messages; those that start with '#' are numbers.</summary>
    private static readonly string[] TcpFields =
    [
        "#the status", "#the bytes", "the referrer", "the agent", "#the client's port", "#the milliseconds",
        "the frontend", "the backend", "the server", "#the handshake timer", "#the queue timer", "#the connect timer",
        "#the total timer", "#the uploaded bytes", "the termination state", "#the process's connections",
        "#the frontend's connections", "#the backend's connections", "#the server's connections", "#the retries",
        "#the server's queue", "#the backend's queue",
    ];

    private static readonly string[] HttpFields =
    [
        "#the status", "#the bytes", "the referrer", "the agent", "#the client's port", "#the milliseconds",
        "the frontend", "the backend", "the server", "#the request timer", "#the queue timer", "#the connect timer",
        "#the response timer", "#the total timer", "the termination state", "#the process's connections",
        "#the frontend's connections", "#the backend's connections", "#the server's connections", "#the retries",
        "#the server's queue", "#the backend's queue", "the request cookie", "the response cookie",
    ];

    private static string? FirstBad(string?[] words, string[] names, string client)
    {
        bool isUnix = client.StartsWith("unix", StringComparison.Ordinal);
        for (int index = 0; index < words.Length; index++)
        {
            if (words[index] is not { } word || !names[index].StartsWith(NumberMark)) continue;
            if (FieldCursor.TryNumber(word, out _) || (isUnix && word.Length == 0)) continue;
            // A status that was never sent is logged as -1; a dash stands for it in some versions.
            if (word == "-") continue;
            return $"'{word}' stands where {names[index][1..]} belongs";
        }
        return null;
    }

    private static LogLine Tcp(LogLine line, string?[] words) => Counts(Named(line, words) with
    {
        BytesRead = At(words, 1),
        HandshakeMs = At(words, 9),
        QueueMs = At(words, 10),
        ConnectMs = At(words, 11),
        TotalMs = At(words, 12),
        IsEarly = words[12]?.StartsWith('+') == true,
        BytesUploaded = At(words, 13),
        // Two dashes are part of the format.
        Termination = words[14] is { Length: > 2 } state ? state[..2] : words[14],
    }, words);

    private static LogLine Http(LogLine line, string?[] words) => Counts(Named(line, words) with
    {
        Status = (int?)At(words, 0),
        BytesRead = At(words, 1),
        RequestMs = At(words, 9),
        QueueMs = At(words, 10),
        ConnectMs = At(words, 11),
        ResponseMs = At(words, 12),
        TotalMs = At(words, 13),
        IsEarly = words[13]?.StartsWith('+') == true,
        Termination = words[14],
        RequestCookie = Captured(words[22]),
        ResponseCookie = Captured(words[23]),
    }, words);

    private static LogLine Named(LogLine line, string?[] words)
    {
        if (words[6] is { } frontend) line = SessionLine.WithFrontend(line, frontend);
        return line with
        {
            Client = words[4] is { Length: > 0 } port ? $"{line.Client}:{port}" : line.Client,
            Backend = words[7],
            Server = words[8],
        };
    }

    private static LogLine Counts(LogLine line, string?[] words) => line with
    {
        ProcessConnections = At(words, 15),
        FrontendConnections = At(words, 16),
        BackendConnections = At(words, 17),
        ServerConnections = At(words, 18),
        Retries = At(words, 19),
        IsRedispatched = words[19]?.StartsWith('+') == true,
        ServerQueue = At(words, 20),
        BackendQueue = At(words, 21),
    };

    private static long? At(string?[] words, int index) =>
        words[index] is { } word && FieldCursor.TryNumber(word, out long value) ? value : null;

    private static string? Captured(string? word) => word is null or "" or "-" ? null : word;
}

using System;

namespace Hawser.Control.Explain;

/// <summary>The fields behind the date in tcplog, httplog and httpslog, and in the line of a failed connection.</summary>
internal static class SessionLine
{
    private const int TcpTimers = 3;
    private const int HttpTimers = 5;
    private const int TcpLetters = 2;
    private const int HttpLetters = 4;

    public static LogLineReading Read(LogLine line, FieldCursor fields)
    {
        string? owner = fields.Take(out bool isWhole);
        if (owner is null) return Cut(line, "the frontend");
        if (owner.EndsWith(':') && owner.Contains('/', StringComparison.Ordinal)) return ReadError(line, owner, fields);
        line = WithFrontend(line, owner);
        if (!isWhole) return Cut(line, "the frontend");

        string? target = fields.Take(out isWhole);
        if (target is null) return Cut(line, "the backend");
        int slash = target.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return isWhole
                ? LogLineReading.Failed($"'{target}' stands where <backend>/<server> belongs")
                : Cut(line with { Backend = target }, "the server");
        }
        line = line with { Backend = target[..slash], Server = target[(slash + 1)..] };
        if (!isWhole) return Cut(line, "the server");
        return ReadTimers(line, fields);
    }

    public static LogLine WithFrontend(LogLine line, string name) =>
        line with { Frontend = name.TrimEnd('~'), IsTls = name.EndsWith('~') };

    private static LogLineReading ReadError(LogLine line, string owner, FieldCursor fields)
    {
        int slash = owner.IndexOf('/', StringComparison.Ordinal);
        string message = fields.Rest;
        line = WithFrontend(line, owner[..slash]) with
        {
            Kind = LogLineKind.Error,
            Listener = owner[(slash + 1)..^1],
            Message = message,
        };
        return message.Length == 0 ? Cut(line, "the message") : LogLineReading.Of(line);
    }

    private static LogLineReading ReadTimers(LogLine line, FieldCursor fields)
    {
        string? word = fields.Take(out bool isWhole);
        if (word is null) return Cut(line, "the timers");
        string[] parts = word.Split('/');
        long[] values = new long[parts.Length];
        bool isEarly = parts[^1].StartsWith('+');
        for (int index = 0; index < parts.Length; index++)
        {
            if (FieldCursor.TryNumber(parts[index], out values[index])) continue;
            return isWhole
                ? LogLineReading.Failed($"'{word}' stands where the timers belong: three numbers, or five in http formats")
                : Cut(line, "the timers");
        }
        line = line with { IsEarly = isEarly };
        if (values is [var queue, var connect, var total])
        {
            line = line with { QueueMs = queue, ConnectMs = connect, TotalMs = total };
        }
        else if (values is [var request, var queued, var connected, var response, var active])
        {
            line = line with
            {
                Kind = LogLineKind.Http,
                RequestMs = request,
                QueueMs = queued,
                ConnectMs = connected,
                ResponseMs = response,
                TotalMs = active,
            };
        }
        else
        {
            return isWhole
                ? LogLineReading.Failed($"'{word}' has {parts.Length} timers; tcplog has {TcpTimers}, httplog {HttpTimers}")
                : Cut(line, "the timers");
        }
        // A number at the very end may have lost digits.
        return isWhole ? ReadCounts(line, fields) : Cut(line, "the timers");
    }

    private static LogLineReading ReadCounts(LogLine line, FieldCursor fields)
    {
        if (line.Kind == LogLineKind.Http)
        {
            if (!TryCount(fields, out long status, out string? cut, "the status")) return Stop(line, fields, cut);
            line = line with { Status = (int)Math.Clamp(status, -1, short.MaxValue) };
        }
        if (!TryCount(fields, out long bytes, out string? cutBytes, "the bytes")) return Stop(line, fields, cutBytes);
        line = line with { BytesRead = bytes };
        if (line.Kind == LogLineKind.Http)
        {
            line = line with { RequestCookie = Captured(fields) };
            line = line with { ResponseCookie = Captured(fields) };
        }
        int letters = line.Kind == LogLineKind.Http ? HttpLetters : TcpLetters;
        int mark = fields.Mark();
        string? state = fields.Take(out _);
        if (state is null) return Cut(line, "the termination state");
        if (state.Length != letters || !TerminationLetters.AreKnown(state))
        {
            bool isCut = fields.IsAtEnd && state.Length < letters && TerminationLetters.AreKnown(state);
            fields.ReturnTo(mark);
            if (isCut) return Cut(line with { Termination = state }, "the termination state");
            return LogLineReading.Failed(
                $"'{state}' stands where the termination state belongs: {letters} letters such as {new string('-', letters)}");
        }
        return ReadConnections(line with { Termination = state }, fields);
    }

    private static LogLineReading ReadConnections(LogLine line, FieldCursor fields)
    {
        int mark = fields.Mark();
        string? word = fields.Take(out _);
        if (word is null) return Cut(line, "the connections");
        string[] parts = word.Split('/');
        if (parts.Length != 5 || !TryAll(parts, out long[] counts)) return Other(line, fields, mark, "the connections");
        line = line with
        {
            ProcessConnections = counts[0],
            FrontendConnections = counts[1],
            BackendConnections = counts[2],
            ServerConnections = counts[3],
            Retries = counts[4],
            IsRedispatched = parts[4].StartsWith('+'),
        };
        mark = fields.Mark();
        word = fields.Take(out _);
        if (word is null) return Cut(line, "the queues");
        parts = word.Split('/');
        if (parts.Length != 2 || !TryAll(parts, out counts)) return Other(line, fields, mark, "the queues");
        line = line with { ServerQueue = counts[0], BackendQueue = counts[1] };
        return line.Kind == LogLineKind.Http ? ReadRequest(line, fields) : Whole(line, fields);
    }

    private static LogLineReading ReadRequest(LogLine line, FieldCursor fields)
    {
        line = line with { RequestHeaders = fields.TakeGroup(out bool isWhole) };
        if (!isWhole) return Cut(line, "the captured headers");
        line = line with { ResponseHeaders = fields.TakeGroup(out isWhole) };
        if (!isWhole) return Cut(line, "the captured headers");
        if (fields.IsAtEnd) return Cut(line, "the request");
        if (fields.Next != '"') return Whole(line, fields);
        line = line with { Request = fields.Take(out isWhole) };
        if (!isWhole) return Cut(line, "the request");

        // httpslog: five numbers, then name, version and cipher.
        int mark = fields.Mark();
        string errors = fields.Take(out _) ?? "";
        string names = fields.Take(out _) ?? "";
        if (errors.Split('/').Length == 5 && names.Split('/').Length >= 3)
            line = line with { Kind = LogLineKind.Https, Tls = $"{errors} {names}" };
        else fields.ReturnTo(mark);
        return Whole(line, fields);
    }

    /// <summary>The end of the known fields; what follows belongs to a log-format of the user's.</summary>
    public static LogLineReading Whole(LogLine line, FieldCursor fields)
    {
        string rest = fields.Rest;
        return LogLineReading.Of(rest.Length == 0 ? line : line with { Rest = rest, Loss = LossReader.Read(rest) });
    }

    public static LogLineReading Cut(LogLine line, string field) => LogLineReading.Of(line with { CutAt = field });

    /// <summary>A word that does not fit: the line was cut inside it, or goes on in a format of the user's own.</summary>
    private static LogLineReading Other(LogLine line, FieldCursor fields, int mark, string field)
    {
        bool isCut = fields.IsAtEnd;
        fields.ReturnTo(mark);
        return isCut && !fields.Rest.Contains('=', StringComparison.Ordinal) ? Cut(line, field) : Whole(line, fields);
    }

    private static LogLineReading Stop(LogLine line, FieldCursor fields, string? cut) => cut is not null
        ? Cut(line, cut)
        : LogLineReading.Failed($"'{fields.Rest.Split(' ')[0]}' stands where a number belongs");

    /// <param name="cut">Set when the line ended instead of a number; null when a word was no number.</param>
    private static bool TryCount(FieldCursor fields, out long value, out string? cut, string name)
    {
        int mark = fields.Mark();
        string? word = fields.Take(out bool isWhole);
        value = 0;
        cut = isWhole && word is not null ? null : name;
        if (word is not null && FieldCursor.TryNumber(word, out value) && isWhole) return true;
        fields.ReturnTo(mark);
        return false;
    }

    private static bool TryAll(string[] parts, out long[] values)
    {
        values = new long[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            if (!FieldCursor.TryNumber(parts[index], out values[index])) return false;
        }
        return true;
    }

    private static string? Captured(FieldCursor fields) => fields.Take(out _) is { } word && word != "-" ? word : null;
}

using System;
using System.Collections.Generic;
using System.Globalization;
using Hawser.Base.Time;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Streams;

namespace Hawser.Control.Cli.Commands;

/// <summary>"show sess", "shutdown session": each loop is asked for its own sessions, some at a time.</summary>
internal static class SessionListCommands
{
    private const string Help =
        """
        Usage: show sess [<id> | all | help] [<options>*]
        Dumps active streams (formerly called 'sessions'). Available selectors:
           <id>         dump only this stream identifier (0x...)
           all          dump all matching streams in large format
           help         show this message
        Available options:
           older <age>  only display streams older than <age> seconds
           server <b/s> only show streams attached to this backend+server
           backend <b>  only show streams attached to this backend
           frontend <f> only show streams attached to this frontend
        Without any argument, all streams are dumped in a shorter format.
        """;

    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Long("show sess", "the live sessions, or one of them", CliLevel.Operator, Show, "[help|<id>|all] [opts...]"),
        CommandRow.Long("shutdown session", "end a session", CliLevel.Admin, Shutdown, "[id]"),
    ];

    /// <summary>Which sessions are asked for, and how much of each.</summary>
    private sealed record Filter
    {
        public uint? Number { get; init; }

        public bool IsLarge { get; init; }

        public Milliseconds OlderThan { get; init; }

        public Backend? Backend { get; init; }

        public Frontend? Frontend { get; init; }

        public Server? Server { get; init; }

        public bool Takes(in SessionSummary session, Instant now) =>
            (Number is null || Number == session.Number)
            && (!OlderThan.IsSet || (now - session.AcceptedAt) >= OlderThan)
            && (Backend is null || Backend == session.Backend)
            && (Frontend is null || Frontend == session.Frontend)
            && (Server is null || Server == session.Target);
    }

    private static IEnumerator<CliPause>? Show(CliCall call)
    {
        if (call.Argument(0) == "help")
        {
            call.Info(Help);
            return null;
        }

        return Read(call) is { } filter ? Print(call, filter) : null;
    }

    private static Filter? Read(CliCall call)
    {
        Filter filter = new();
        int next = 0;
        if (call.Argument(0) == "all")
        {
            filter = filter with { IsLarge = true };
            next = 1;
        }
        else if (call.Argument(0).StartsWith("0x", StringComparison.Ordinal))
        {
            if (!TryReadId(call.Argument(0), out uint number))
            {
                call.Error("Session not found.");
                return null;
            }

            filter = filter with { Number = number, IsLarge = true };
            return call.Argument(1) is { Length: > 0 } option ? Refuse(call, $"Unsupported option '{option}', try 'help' for more info.") : filter;
        }

        while (call.Argument(next).Length > 0)
        {
            if (ReadOption(call, filter, ref next) is not { } changed)
                return null;
            filter = changed;
        }

        return filter;
    }

    /// <summary>Null when it is wrong, which the client has been told.</summary>
    private static Filter? ReadOption(CliCall call, Filter filter, ref int next)
    {
        string option = call.Argument(next++);
        string value = call.Argument(next);
        switch (option)
        {
            case "susp":
                // Nothing looks suspicious to anybody here.
                return filter with { OlderThan = new Milliseconds(long.MaxValue) };
            case "show-uri":
                return filter;
            case "older":
                next++;
                if (value.Length == 0)
                    return Refuse(call, "Expects a minimum age (in seconds by default).");
                return TimeText.TryParse(value, 1_000_000, out int age, out _) == ValueError.None
                    ? filter with { OlderThan = new Milliseconds(age) }
                    : Refuse(call, "Invalid age.");
            case "server":
                next++;
                if (value.Length == 0)
                    return Refuse(call, "Missing server name (<backend>/<server>).");
                return Lookup.ServerOf(call, value) is { } server ? filter with { Server = server } : null;
            case "backend":
                next++;
                if (value.Length == 0)
                    return Refuse(call, "Missing backend name.");
                return Lookup.BackendOf(call.Context.Set, value) is { } backend
                    ? filter with { Backend = backend }
                    : Refuse(call, "No such backend.");
            case "frontend":
                next++;
                if (value.Length == 0)
                    return Refuse(call, "Missing frontend name.");
                return Lookup.FrontendOf(call, value) is { } frontend ? filter with { Frontend = frontend } : null;
            default:
                return Refuse(call, $"Unsupported option '{option}', try 'help' for more info.");
        }
    }

    private static Filter? Refuse(CliCall call, string text)
    {
        call.Error(text);
        return null;
    }

    private static IEnumerator<CliPause> Print(CliCall call, Filter filter)
    {
        bool isFound = false;
        foreach (SessionSurvey survey in Surveys(call))
        {
            do
            {
                bool hasAnswered = false;
                survey.Answered = () =>
                {
                    hasAnswered = true;
                    call.Wake();
                };
                survey.Ask();
                while (!hasAnswered)
                    yield return CliPause.Wake;
                for (int i = 0; i < survey.Count; i++)
                {
                    if (!filter.Takes(survey.Found[i], call.Loop.Now))
                        continue;
                    isFound = true;
                    SessionText.Write(call.Output, survey.Found[i], call.Loop.Now, filter.IsLarge);
                    yield return CliPause.Room;
                }
            }
            while (!survey.IsDone);
        }

        if (filter.Number is not null && !isFound)
            call.Error("Session not found.");
    }

    private static List<SessionSurvey> Surveys(CliCall call)
    {
        List<SessionSurvey> surveys = [];
        foreach (ProxyLoop home in call.Context.Set.Loops)
            surveys.Add(new SessionSurvey(home, call.Loop));
        return surveys;
    }

    private static IEnumerator<CliPause>? Shutdown(CliCall call)
    {
        string id = call.Argument(0);
        if (!TryReadId(id, out uint number))
        {
            call.Error(id.StartsWith("0x", StringComparison.Ordinal)
                ? "No such session (use 'show sess')."
                : "Session pointer expected (use 'show sess').");
            return null;
        }

        return Shutdown(call, number);
    }

    private static IEnumerator<CliPause> Shutdown(CliCall call, uint number)
    {
        bool isFound = false;
        int waiting = 0;
        foreach (ProxyLoop home in call.Context.Set.Loops)
        {
            waiting++;
            new SessionShutdown(home, number, call.Loop, Answered).Ask();
        }

        while (waiting > 0)
            yield return CliPause.Wake;
        if (!isFound)
            call.Error("No such session (use 'show sess').");

        void Answered(bool wasThere)
        {
            isFound |= wasThere;
            waiting--;
            call.Wake();
        }
    }

    private static bool TryReadId(string text, out uint number)
    {
        number = 0;
        return text.StartsWith("0x", StringComparison.Ordinal)
            && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Hawser.Config.Diagnostics;

namespace Hawser.Control.Explain;

/// <summary>An explanation for people.</summary>
public static class ExplanationText
{
    private const int BarWidth = 20;
    private const string Margin = "  ";
    private const int LabelWidth = 9;

    /// <summary>Several paragraphs.</summary>
    public static string Long(Explanation explanation, Palette palette)
    {
        LogLine line = explanation.Line;
        StringBuilder text = new();
        text.Append(palette.Heading(explanation.Headline)).Append('\n');
        if (explanation.Letters is { } letters) Row(text, palette, line.Termination!, letters);
        text.Append('\n');
        Row(text, palette, "format", Format(explanation));
        if (line.Client is { } client) Row(text, palette, "who", line.Date is { } date ? $"{client}, accepted {date}" : client);
        if (Route(line) is { Length: > 0 } route) Row(text, palette, "where", route);
        if (line.Request is { } request) Row(text, palette, "request", $"{request}{Status(line)}");
        if (line.Message is { } message) Row(text, palette, "message", message);
        if (Bytes(line) is { } bytes) Row(text, palette, "bytes", bytes);
        if (Load(line) is { } load) Row(text, palette, "load", load);
        foreach (string note in explanation.Notes) Row(text, palette, "note", note);
        foreach (string loss in explanation.Loss) Row(text, palette, "loss", line.Loss.Lost > 0 ? palette.Bad(loss) : loss);
        AppendTimers(text, explanation, palette);
        AppendList(text, palette, "Likely causes, the likeliest first", explanation.Causes.Select(Cause), isNumbered: true);
        AppendList(text, palette, "Look at next", explanation.Next, isNumbered: false);
        AppendList(text, palette, "In the configuration", explanation.Configuration.Select(Note), isNumbered: false);
        return text.ToString();
    }

    /// <summary>One line, for streams.</summary>
    public static string Short(Explanation explanation, Palette palette)
    {
        LogLine line = explanation.Line;
        string state = line.Termination ?? explanation.Format;
        bool isNormal = line.TerminationAt(0) is '-' or 'L' && line.Termination is not null;
        string coloured = isNormal ? palette.Good(state) : palette.Bad(state);
        string time = explanation.WhereTimeWent is { } went ? $" ({went})" : "";
        string loss = line.Loss.Lost > 0
            ? palette.Bad(string.Create(CultureInfo.InvariantCulture, $" {line.Loss.Lost} bytes lost."))
            : "";
        return $"{coloured} {line.Client} {Route(line)}: {explanation.Headline}{loss}{palette.Faint(time)}\n";
    }

    private static string Format(Explanation explanation)
    {
        SyslogPrefix prefix = explanation.Line.Prefix;
        string program = prefix.Program is null ? "" : $", from {prefix.Program}";
        string process = prefix.ProcessId is { } id ? $" process {id}" : "";
        return explanation.Format + program + process;
    }

    private static string Route(LogLine line)
    {
        List<string> stops = [];
        if (line.Frontend is { } frontend)
        {
            string listener = line.Listener is { } name ? $", bind line {name}" : "";
            stops.Add($"frontend {frontend}{(line.IsTls ? " (TLS)" : "")}{listener}");
        }
        if (line.Destination is { } destination) stops.Insert(0, $"to {destination}");
        if (line.Backend is { } backend && backend != line.Frontend && backend != "-") stops.Add($"backend {backend}");
        if (line.Server is not null) stops.Add(line.HasNoServer ? "no server" : $"server {line.Server}");
        return string.Join(" → ", stops);
    }

    private static string Status(LogLine line) => line.Status switch
    {
        null => "",
        < 0 => ", no status was sent",
        var status => $", status {status}",
    };

    private static string? Bytes(LogLine line)
    {
        if (line.BytesRead is not { } read) return null;
        string up = line.BytesUploaded is { } sent
            ? string.Create(CultureInfo.InvariantCulture, $", {sent} from client to server")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{read} from server to client{up}");
    }

    private static string? Load(LogLine line) => line.ProcessConnections is not { } process
        ? null
        : string.Create(CultureInfo.InvariantCulture,
            $"connections at the end: {process} in the process, {line.FrontendConnections} on the frontend, "
            + $"{line.BackendConnections} on the backend, {line.ServerConnections} on the server");

    private static void AppendTimers(StringBuilder text, Explanation explanation, Palette palette)
    {
        if (explanation.Timers.IsEmpty) return;
        text.Append('\n').Append(palette.Heading("Where the time went")).Append('\n');
        foreach (TimerReading timer in explanation.Timers)
        {
            string value = timer.Milliseconds is { } ms ? DurationText.Of(ms) : "-";
            string bar = new('#', (int)Math.Round(timer.Share * BarWidth));
            text.Append(Margin).Append(timer.Name.PadRight(3)).Append(value.PadLeft(12)).Append(Margin)
                .Append(bar.PadRight(BarWidth)).Append(Margin).Append(timer.Words);
            if (timer.Milliseconds is null) text.Append(palette.Faint(" (not reached)"));
            else if (timer.IsWhereItEnded) text.Append(palette.Bad(" (it ended here)"));
            if (timer.Remark is { } remark) text.Append(": ").Append(remark);
            text.Append('\n');
        }
        if (explanation.WhereTimeWent is { } went) text.Append(Margin).Append(went).Append('\n');
    }

    private static void AppendList(
        StringBuilder text, Palette palette, string heading, IEnumerable<string> items, bool isNumbered)
    {
        int number = 0;
        foreach (string item in items)
        {
            if (number++ == 0) text.Append('\n').Append(palette.Heading(heading)).Append('\n');
            text.Append(Margin).Append(isNumbered ? $"{number}. " : "- ").Append(item).Append('\n');
        }
    }

    private static string Cause(RankedCause cause) => cause.HasEvidence switch
    {
        true => $"{cause.Text} (the line speaks for it)",
        false => $"{cause.Text} (the line speaks against it)",
        null => cause.Text,
    };

    private static string Note(ConfigurationNote note) =>
        note.Origin.IsKnown ? $"{note.Origin}: {note.Text}" : note.Text;

    private static void Row(StringBuilder text, Palette palette, string label, string value) =>
        text.Append(Margin).Append(palette.Faint(label.PadRight(LabelWidth))).Append(value).Append('\n');
}

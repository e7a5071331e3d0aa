using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Hawser.Config.Lint.Views;

namespace Hawser.Control.Explain;

/// <summary>Reads a line by the <c>log-format</c> lines of a configuration, wherever the line begins in its syslog prefix.</summary>
public static class CustomLine
{
    private const string Keyword = "log-format";

    /// <summary>Null when no format of the configuration wrote the line.</summary>
    public static LogLine? Read(string text, ConfigurationView configuration)
    {
        List<(LogLine Line, CustomFormat Format, string Title)> found = [];
        foreach (ProxyView proxy in configuration.Frontends)
        {
            if (proxy.Setting(Keyword) is not { Count: > 1 } setting || CustomFormat.Parse(setting.Text(1)) is not { } format) continue;
            if (Read(text, format) is { } line) found.Add((line, format, proxy.Title));
        }

        if (found.Count == 0) return null;
        // A line that names its frontend belongs to that one.
        (LogLine first, CustomFormat by, string title) =
            found.Find(item => item.Line.Frontend is { } name && item.Title.EndsWith($"'{name}'", StringComparison.Ordinal)) is { Line: not null } own ? own : found[0];
        List<string> doubts = [];
        if (by.IsAmbiguous) doubts.Add("the log-format leaves more than one way to cut this line into fields; the shortest are shown");
        if (found.Count > 1 && first.Frontend is null)
            doubts.Add($"it fits the log-format of {string.Join(" and ", found.Select(static item => item.Title).Distinct())}; that of {title} is taken");
        return first with { Format = $"log-format of {title}", Doubt = doubts.Count > 0 ? string.Join("; ", doubts) : null };
    }

    private static LogLine? Read(string text, CustomFormat format)
    {
        string line = LogLineReader.Printable(text).Trim();
        foreach (int start in Starts(line))
        {
            if (format.Match(line[start..].TrimStart()) is { } values)
                return Fill(values, format, line) with { Prefix = SyslogPrefix.Parse(line[..start]) };
        }

        return null;
    }

    /// <summary>Behind what a syslog sender puts in front ("haproxy[1]: "), the last first, then the line's beginning.</summary>
    private static IEnumerable<int> Starts(string line)
    {
        for (int colon = line.IndexOf("]: ", StringComparison.Ordinal); colon >= 0; colon = line.IndexOf("]: ", colon + 1, StringComparison.Ordinal))
            yield return colon + "]: ".Length;
        if (line.StartsWith('<') && line.IndexOf('>', StringComparison.Ordinal) is > 0 and < 5 and var end) yield return end + 1;
        yield return 0;
    }

    private static LogLine Fill(IReadOnlyDictionary<string, string> values, CustomFormat format, string text)
    {
        bool isHttp = format.Has("ST") || format.Has("r") || format.Has("Tr") || format.Has("HM") || format.Has("HU");
        string? retries = Text("rc");
        LogLine line = new()
        {
            Kind = isHttp ? LogLineKind.Http : LogLineKind.Tcp,
            Text = text,
            Client = Text("ci") is { } client ? Text("cp") is { } port ? $"{client}:{port}" : client : null,
            Date = Text("t") ?? Text("tr") ?? Text("T") ?? Text("Tl"),
            Backend = Text("b"),
            Server = Text("s"),
            HandshakeMs = Number("Th"),
            RequestMs = Number("TR") ?? Number("Tq"),
            QueueMs = Number("Tw"),
            ConnectMs = Number("Tc"),
            ResponseMs = Number("Tr"),
            TotalMs = isHttp ? Number("Ta") ?? Number("Tt") : Number("Tt"),
            Status = Number("ST") is { } status ? (int)Math.Clamp(status, -1, short.MaxValue) : null,
            BytesRead = Number("B"),
            BytesUploaded = Number("U"),
            RequestCookie = Text("CC"),
            ResponseCookie = Text("CS"),
            ProcessConnections = Number("ac"),
            FrontendConnections = Number("fc"),
            BackendConnections = Number("bc"),
            ServerConnections = Number("sc"),
            Retries = Number("rc"),
            IsRedispatched = retries is { Length: > 0 } && retries[0] == '+',
            ServerQueue = Number("sq"),
            BackendQueue = Number("bq"),
            RequestHeaders = Text("hr"),
            ResponseHeaders = Text("hs"),
            Request = Text("r"),
            Termination = (Text("tsc") ?? Text("ts")) is { } state && TerminationLetters.AreKnown(state) ? state : null,
        };
        return (Text("ft") ?? Text("f")) is { } frontend ? SessionLine.WithFrontend(line, frontend) : line;

        string? Text(string name) => values.TryGetValue(name, out string? value) ? value : null;
        long? Number(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
    }
}

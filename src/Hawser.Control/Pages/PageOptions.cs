using System;

namespace Hawser.Control.Pages;

/// <summary>What is asked for behind the page's own address.</summary>
public enum PageFormat
{
    Html,
    Csv,
    Json,
    JsonSchema,
    Typed,
    Dashboard,
    Events,
}

/// <summary>
/// The words behind "stats uri": <c>;csv</c>, <c>;up</c>, <c>;norefresh</c>, <c>;st=DONE</c>, <c>scope=…</c>. As in HAProxy
/// they are found wherever they stand, and what is unknown is ignored.
/// </summary>
public sealed record PageOptions
{
    /// <summary>Longer ones are cut off, as by HAProxy.</summary>
    private const int ScopeMaximum = 20;

    public PageFormat Format { get; init; }

    public bool HasNoRefresh { get; init; }

    public bool HidesDown { get; init; }

    public bool HidesMaintenance { get; init; }

    /// <summary>Typed output with explanations.</summary>
    public bool IsDescribed { get; init; }

    /// <summary>Only proxies whose name has this in it; empty: all.</summary>
    public string Scope { get; init; } = "";

    /// <summary>What became of an action: "DONE" and its kin; empty: there was none.</summary>
    public string Outcome { get; init; } = "";

    /// <param name="rest">The target behind "stats uri".</param>
    public static PageOptions Read(string rest) => new()
    {
        Format = FormatOf(rest),
        HasNoRefresh = rest.Contains(";norefresh", StringComparison.Ordinal),
        HidesDown = rest.Contains(";up", StringComparison.Ordinal),
        HidesMaintenance = rest.Contains(";no-maint", StringComparison.Ordinal),
        IsDescribed = rest.Contains(";desc", StringComparison.Ordinal),
        Outcome = Word(rest, ";st=", 4),
        Scope = Word(rest, "scope=", ScopeMaximum),
    };

    /// <summary>The options that links keep: a word in front of the query, and the query.</summary>
    public string Link(string uri, string words) => $"{uri}{words}{(Scope.Length > 0 ? $"?scope={Scope}" : "")}";

    private static PageFormat FormatOf(string rest)
    {
        if (rest.StartsWith("/dashboard/events", StringComparison.Ordinal))
            return PageFormat.Events;
        if (rest.StartsWith("/dashboard", StringComparison.Ordinal))
            return PageFormat.Dashboard;
        if (rest.Contains(";csv", StringComparison.Ordinal))
            return PageFormat.Csv;
        if (rest.Contains(";json-schema", StringComparison.Ordinal))
            return PageFormat.JsonSchema;
        if (rest.Contains(";json", StringComparison.Ordinal))
            return PageFormat.Json;
        return rest.Contains(";typed", StringComparison.Ordinal) ? PageFormat.Typed : PageFormat.Html;
    }

    /// <summary>
    /// What follows, as far as it consists of what names of proxies consist of: it is shown again on the page, and goes
    /// into headers.
    /// </summary>
    private static string Word(string rest, string key, int maximum)
    {
        int at = rest.IndexOf(key, StringComparison.Ordinal);
        if (at < 0)
            return "";
        ReadOnlySpan<char> text = rest.AsSpan(at + key.Length);
        int length = 0;
        while (length < text.Length && length < maximum && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '-' or '_' or '.' or ':'))
            length++;
        return text[..length].ToString();
    }
}

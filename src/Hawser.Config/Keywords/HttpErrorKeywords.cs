using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What stands in for a proxy's own answers.</summary>
internal static class HttpErrorKeywords
{
    public const string FileUsage = $"<{Statuses}> <file>";

    /// <summary>Those that HAProxy answers with by itself, or lets be answered with.</summary>
    private const string Statuses = "200,400,401,403,404,405,407,408,410,413,414,421,422,425,429,431,500,501,502,503,504";

    private static readonly ImmutableHashSet<string> Handled = [.. Statuses.Split(',')];

    public static IEnumerable<KeywordRow<ProxyContext>> Rows =>
    [
        ProxyRows.Http("errorfile", FileUsage, ProxyRows.Anywhere, HttpOnlyWarning.Silent, null, static (line, context) =>
        {
            if (ReadFile(line, context.Files) is { } file) Add(context, file);
        }, "response of a file for a status"),
        ProxyRows.Http("errorfiles", "<name> <200..599>*", ProxyRows.Anywhere, HttpOnlyWarning.Silent, null, ParseSection,
            "responses of an http-errors section"),
        Location("errorloc", 302),
        Location("errorloc302", 302),
        Location("errorloc303", 303),
        ProxyRows.Http("http-error", "status <200..599> <argument>*", ProxyRows.Anywhere, HttpOnlyWarning.Silent, null, ParseReply,
            "response for a status"),
    ];

    /// <summary>The arguments of <c>errorfile</c>, checked by its usage before; null after a report.</summary>
    public static ErrorFileConfig? ReadFile(LineCursor line, NamedFiles files)
    {
        if (!line.TryTake(out Word status) || !line.TryTake(out Word name)) return null;
        if (files.Read(name) is not { } content)
        {
            line.Reject(DiagnosticCodes.UnreadableFile, name.Origin, $"{line.Keyword} : error opening file '{name.Text}'.");
            return null;
        }
        if (content.Length > files.BufferBytes)
        {
            line.Reject(DiagnosticCodes.OutOfRange, name.Origin,
                $"{line.Keyword} : file '{name.Text}' exceeds the buffer size ({content.Length} > {files.BufferBytes})");
            return null;
        }
        return new ErrorFileConfig(Number(status), name.Text, [.. content], line.KeywordOrigin);
    }

    private static KeywordRow<ProxyContext> Location(string name, int redirect) =>
        ProxyRows.Http(name, $"<{Statuses}> <url>", ProxyRows.Anywhere, HttpOnlyWarning.Silent, null, (line, context) =>
        {
            if (line.TryTake(out Word status) && line.TryTake(out Word url))
                Add(context, new ErrorLocationConfig(Number(status), redirect, url.Text, line.KeywordOrigin));
        }, $"redirection with {redirect} for a status");

    private static void ParseSection(LineCursor line, ProxyContext context)
    {
        if (!line.TryTake(out Word name)) return;
        ImmutableArray<int>.Builder statuses = ImmutableArray.CreateBuilder<int>();
        while (line.TryTake(out Word status))
        {
            if (!IsHandled(line, status)) return;
            statuses.Add(Number(status));
        }
        Add(context, new ErrorSectionConfig(name.Text, statuses.ToImmutable(), name.Origin));
    }

    private static void ParseReply(LineCursor line, ProxyContext context)
    {
        line.TryTake(out _);
        Word status = line.Peek;
        HttpReplyConfig? reply = HttpReplyParser.Parse(line, context.Files, defaultStatus: 0, startsWithStatus: true);
        if (reply is null || !IsHandled(line, status)) return;
        Add(context, new ErrorReplyConfig(reply, line.KeywordOrigin));
    }

    private static bool IsHandled(LineCursor line, Word status)
    {
        if (Handled.Contains(status.Text)) return true;
        line.Reject(DiagnosticCodes.BadChoice, status.Origin, $"{line.Keyword} : status code '{status.Text}' not handled.",
            $"handled are {Statuses.Replace(",", ", ")}");
        line.SkipRest();
        return false;
    }

    private static int Number(Word status) => int.Parse(status.Text, CultureInfo.InvariantCulture);

    private static void Add(ProxyContext context, HttpErrorConfig error) =>
        ProxyRows.SetHttp(context, context.Proxy.Http with { Errors = context.Proxy.Http.Errors.Add(error) });
}

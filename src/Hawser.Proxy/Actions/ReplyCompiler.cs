using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Actions;

/// <summary>From what a configuration says about answers to the answers. One for all proxies: files are read once.</summary>
public sealed class ReplyCompiler
{
    private const string Code = "HWS2071";

    private readonly ImmutableArray<HttpErrorsSection> _sections;
    private readonly DiagnosticBag _findings;
    private readonly HashSet<(Origin At, string Message)> _reported = [];
    private readonly Dictionary<string, Dictionary<int, PreparedAnswer>> _answersBySection = new(StringComparer.Ordinal);

    /// <param name="files">For files that actions name.</param>
    public ReplyCompiler(ImmutableArray<HttpErrorsSection> sections, NamedFiles files, DiagnosticBag findings)
    {
        _sections = sections;
        _findings = findings;
        Files = files;
    }

    public NamedFiles Files { get; }

    /// <summary>The reply, or null after a report.</summary>
    public Reply? Compile(HttpReplyConfig config, CompileContext context, string subject)
    {
        switch (config.Body)
        {
            case HttpReplyBody.DefaultErrors:
                return new DefaultReply(config.Status);
            case HttpReplyBody.ErrorFile:
                return Page(config.Content.AsSpan(), config.Status, config.Argument, config.Origin) is { } page
                    ? new PreparedReply(config.Status, page)
                    : null;
            case HttpReplyBody.ErrorSection:
                if (Section(config.Argument) is not { } section)
                {
                    Fail(config.Origin, $"{subject} : unknown http-errors section '{config.Argument}'.",
                        Expressions.Compilation.Suggestion.For(config.Argument, _sections.Select(known => known.Name)) is { } guess ? $"did you mean '{guess}'?" : null);
                    return null;
                }

                // A section without that status: an answer with nothing but the status.
                return section.TryGetValue(config.Status, out PreparedAnswer? found)
                    ? new PreparedReply(config.Status, found)
                    : new MadeReply(config.Status, [], null, [], null);
        }

        if (Fields(config, context, subject) is not { } fields) return null;
        byte[]? type = config.ContentType is { } text ? ConfigText.Encode(text) : null;
        byte[] body = config.Body switch
        {
            HttpReplyBody.Text => ConfigText.Encode(config.Argument),
            HttpReplyBody.File => [.. config.Content],
            _ => [],
        };
        if (config.Body is not (HttpReplyBody.FormatText or HttpReplyBody.FormatFile) || (config.Body == HttpReplyBody.FormatFile && config.Content.IsEmpty))
            return new MadeReply(config.Status, fields, type, body, null);
        string source = config.Body == HttpReplyBody.FormatText ? config.Argument : ConfigText.Decode(config.Content.AsSpan());
        return Format(source, context, config.ArgumentOrigin, subject, LogFormatUse.Text) is { } format
            ? new MadeReply(config.Status, fields, type, null, format)
            : null;
    }

    /// <summary>Everything that a proxy answers instead of the usual pages.</summary>
    /// <param name="errors">In the order of the lines: the last one for a status counts.</param>
    public ErrorAnswers Errors(ImmutableArray<HttpErrorConfig> errors, CompileContext context)
    {
        Dictionary<int, ErrorAnswer> answers = [];
        foreach (HttpErrorConfig error in errors)
        {
            switch (error)
            {
                case ErrorFileConfig file when Page(file.Content.AsSpan(), file.Status, file.Path, file.Origin) is { } page:
                    answers[file.Status] = new ErrorPage(page);
                    break;
                case ErrorLocationConfig location:
                    answers[location.Status] = new ErrorPage(Location(location));
                    break;
                case ErrorSectionConfig section when Section(section.Section) is { } pages:
                    foreach ((int status, PreparedAnswer page) in pages)
                    {
                        if (section.Statuses.IsEmpty || section.Statuses.Contains(status)) answers[status] = new ErrorPage(page);
                    }

                    break;
                case ErrorReplyConfig { Reply.Body: HttpReplyBody.DefaultErrors } reset:
                    answers.Remove(reset.Reply.Status);
                    break;
                case ErrorReplyConfig { Reply: { Body: HttpReplyBody.ErrorSection } named } when Section(named.Argument)?.ContainsKey(named.Status) != true:
                    answers.Remove(named.Status);
                    break;
                case ErrorReplyConfig reply when Compile(reply.Reply, context, "'http-error'") is { } made:
                    answers[reply.Reply.Status] = new ErrorReply(made);
                    break;
            }
        }

        return answers.Count == 0 ? ErrorAnswers.None : new ErrorAnswers(answers);
    }

    /// <summary>A whole response from a file; null after a report.</summary>
    private PreparedAnswer? Page(ReadOnlySpan<byte> content, int status, string path, Origin origin)
    {
        if (content.IsEmpty) return new PreparedAnswer(status, [], []);
        if (ErrorFileHead.TryRead(content, Files.BufferBytes, out byte[] head, out byte[] body, out string? problem))
            return new PreparedAnswer(status, head, body);
        Fail(origin, $"'{path}': {problem}.");
        return null;
    }

    private static PreparedAnswer Location(ErrorLocationConfig location)
    {
        string head = $"HTTP/1.1 {location.RedirectStatus} {Encoding.ASCII.GetString(StatusReasons.Text(location.RedirectStatus))}\r\n"
            + $"cache-control: no-cache\r\ncontent-length: 0\r\nlocation: {location.Url}\r\n\r\n";
        return new PreparedAnswer(location.RedirectStatus, ConfigText.Encode(head), []);
    }

    private Dictionary<int, PreparedAnswer>? Section(string name)
    {
        if (_answersBySection.TryGetValue(name, out Dictionary<int, PreparedAnswer>? known)) return known;
        if (_sections.FirstOrDefault(section => section.Name == name) is not { } section) return null;
        Dictionary<int, PreparedAnswer> answers = [];
        foreach (ErrorFileConfig file in section.Files)
        {
            if (Page(file.Content.AsSpan(), file.Status, file.Path, file.Origin) is { } page) answers[file.Status] = page;
        }

        _answersBySection.Add(name, answers);
        return answers;
    }

    /// <summary>Null after a report. What says how long the body is, is ours to write.</summary>
    private ReplyField[]? Fields(HttpReplyConfig config, CompileContext context, string subject)
    {
        List<ReplyField> fields = [];
        foreach (HttpReplyHeader header in config.Headers)
        {
            string name = header.Name.ToLowerInvariant();
            if (name is "content-length" or "transfer-encoding" or "content-type") continue;
            if (Format(header.Format, context, header.FormatOrigin, subject, LogFormatUse.Field) is not { } value) return null;
            fields.Add(new ReplyField(ConfigText.Encode(name), value));
        }

        return [.. fields];
    }

    private LogFormat? Format(string text, CompileContext context, Origin origin, string subject, LogFormatUse use)
    {
        List<CompileFinding> findings = [];
        LogFormat? format = LogFormatCompiler.Compile(text, LogVariableRows.All, context, findings, use);
        foreach (CompileFinding finding in findings.Where(item => _reported.Add((origin, item.Message))))
            _findings.Report(Code, finding.Severity, _findings.Part(new Word(text, origin), finding.Offset, finding.Length), $"{subject} : {finding.Message}", finding.Hint);
        return format;
    }

    /// <summary>Sections may share a line that is wrong: it is reported once.</summary>
    private void Fail(Origin at, string message, string? hint = null)
    {
        if (_reported.Add((at, message))) _findings.Report(Code, Severity.Alert, at, message, hint);
    }
}

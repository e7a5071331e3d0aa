using System.Collections.Immutable;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>The arguments of an answer that is made here: of <c>http-error</c>, and of the actions that answer.</summary>
public static class HttpReplyParser
{
    private const int MinStatus = 200;
    private const int MaxStatus = 599;
    private const int NoContent = 204;

    /// <summary>Reads up to a condition or the end of the line.</summary>
    /// <param name="line">Its keyword is how messages call the owner: "http-error".</param>
    /// <param name="defaultStatus">Of an answer without <c>status</c>; 0 when there has to be one.</param>
    /// <param name="startsWithStatus">The word <c>status</c> was taken already.</param>
    /// <returns>Null after a report.</returns>
    public static HttpReplyConfig? Parse(LineCursor line, NamedFiles files, int defaultStatus, bool startsWithStatus = false)
    {
        Reader reader = new(line, files, defaultStatus);
        if (startsWithStatus && !reader.TakeStatus()) return null;
        while (line.HasMore && line.Peek.Text is not ("if" or "unless"))
        {
            if (!reader.TakeArgument()) return null;
        }
        return reader.Finish();
    }

    private sealed class Reader(LineCursor line, NamedFiles files, int defaultStatus)
    {
        private readonly ImmutableArray<HttpReplyHeader>.Builder _headers = ImmutableArray.CreateBuilder<HttpReplyHeader>();
        private HttpReplyConfig _reply = new() { Status = defaultStatus, Origin = line.KeywordOrigin };
        private string? _bodyWord;

        public bool TakeArgument()
        {
            line.TryTake(out Word word);
            switch (word.Text)
            {
                case "status":
                    return TakeStatus();
                case "content-type":
                    if (!TryExpect(word, "<ctype>", out Word type)) return false;
                    _reply = _reply with { ContentType = type.Text };
                    return true;
                case "hdr":
                    return TakeHeader(word);
                case "default-errorfiles":
                    return IsFirstBody(word, HttpReplyBody.DefaultErrors);
                case "errorfile":
                    return IsFirstBody(word, HttpReplyBody.ErrorFile) && TakeBody(word, "<fmt>", isFile: true);
                case "errorfiles":
                    return IsFirstBody(word, HttpReplyBody.ErrorSection) && TakeBody(word, "<name>", isFile: false);
                case "file":
                    return IsFirstBody(word, HttpReplyBody.File) && TakeBody(word, "<file>", isFile: true);
                case "lf-file":
                    return IsFirstBody(word, HttpReplyBody.FormatFile) && TakeBody(word, "<file>", isFile: true);
                case "string":
                    return IsFirstBody(word, HttpReplyBody.Text) && TakeBody(word, "<str>", isFile: false);
                case "lf-string":
                    return IsFirstBody(word, HttpReplyBody.FormatText) && TakeBody(word, "<fmt>", isFile: false);
                default:
                    return Fail(DiagnosticCodes.BadChoice, word, $"unknown keyword '{word.Text}'.");
            }
        }

        public bool TakeStatus()
        {
            if (!line.TryTake(out Word word))
            {
                line.Reject(DiagnosticCodes.MissingArgument, line.KeywordOrigin,
                    $"{line.Keyword} : 'status' expects <status_code> as argument");
                return false;
            }
            bool isGood = NumberText.TryParse(word.Text, out long status) && status is >= MinStatus and <= MaxStatus;
            if (!isGood) return Fail(DiagnosticCodes.OutOfRange, word, $"Unexpected status code '{word.Text}'");
            _reply = _reply with { Status = (int)status };
            return true;
        }

        /// <summary>What fits only together; null after a report.</summary>
        public HttpReplyConfig? Finish()
        {
            HttpReplyConfig reply = _reply with { Headers = _headers.ToImmutable() };
            bool isWhole = reply.Body is HttpReplyBody.DefaultErrors or HttpReplyBody.ErrorFile or HttpReplyBody.ErrorSection;
            bool isEmpty = !isWhole && reply.Argument.Length == 0;
            if (isWhole)
            {
                if (reply.ContentType is { } ignored)
                    Warn($"content-type '{ignored}' ignored by the http reply when used with an errorfile.");
                if (!reply.Headers.IsEmpty) Warn("hdr parameters ignored by the http reply when used with an errorfile.");
                return reply with { ContentType = null, Headers = [] };
            }
            bool hasEmptyFile = reply.Body == HttpReplyBody.File && reply.Content.IsEmpty;
            if (reply.ContentType is { } unused && (isEmpty || hasEmptyFile))
            {
                Warn(hasEmptyFile
                    ? $"content-type '{unused}' ignored by the http reply when used with an empty payload."
                    : $"content-type '{unused}' ignored by the http reply because neither errorfile nor payload defined.");
                return reply with { ContentType = null };
            }
            if (isEmpty || hasEmptyFile) return reply;
            if (reply.Status == NoContent) return Refuse(DiagnosticCodes.Conflict, "No body expected for 204 responses");
            if (reply.ContentType is null)
                return Refuse(DiagnosticCodes.MissingArgument, "a content type must be defined when non-empty payload is configured");
            return reply;
        }

        private bool IsFirstBody(Word word, HttpReplyBody body)
        {
            if (_bodyWord is not null)
                return Fail(DiagnosticCodes.Conflict, word, $"unexpected '{word.Text}' argument, '{_bodyWord}' already defined");
            _bodyWord = word.Text;
            _reply = _reply with { Body = body };
            return true;
        }

        private bool TakeBody(Word word, string what, bool isFile)
        {
            if (!TryExpect(word, what, out Word argument)) return false;
            _reply = _reply with { Argument = argument.Text, ArgumentOrigin = argument.Origin };
            if (!isFile) return true;
            if (files.Read(argument) is not { } content)
                return Fail(DiagnosticCodes.UnreadableFile, argument, $"error opening file '{argument.Text}'");
            if (content.Length > files.BufferBytes)
            {
                return Fail(DiagnosticCodes.OutOfRange, argument,
                    $"file '{argument.Text}' exceeds the buffer size ({content.Length} > {files.BufferBytes})");
            }
            _reply = _reply with { Content = [.. content] };
            return true;
        }

        private bool TakeHeader(Word word)
        {
            if (line.Remaining < 2) return Fail(DiagnosticCodes.MissingArgument, word, "'hdr' expects <name> and <value> as arguments");
            line.TryTake(out Word name);
            line.TryTake(out Word value);
            _headers.Add(new HttpReplyHeader(name.Text, value.Text, value.Origin));
            return true;
        }

        private bool TryExpect(Word word, string what, out Word argument) =>
            line.TryTake(out argument) || Fail(DiagnosticCodes.MissingArgument, word, $"'{word.Text}' expects {what} as argument");

        private bool Fail(string code, Word at, string message)
        {
            line.Reject(code, at.Origin, $"{line.Keyword} : {message}");
            line.SkipRest();
            return false;
        }

        private HttpReplyConfig? Refuse(string code, string message)
        {
            line.Reject(code, line.KeywordOrigin, $"{line.Keyword} : {message}");
            return null;
        }

        private void Warn(string message) => line.Warn(DiagnosticCodes.WithoutEffect, line.KeywordOrigin, message);
    }
}

using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>What an answer that is made here consists of.</summary>
public enum HttpReplyBody
{
    /// <summary>Status and headers.</summary>
    None,

    /// <summary>What the proxy answers with this status in any case (<c>default-errorfiles</c>).</summary>
    DefaultErrors,

    /// <summary><see cref="HttpReplyConfig.Content"/> is a whole response (<c>errorfile</c>).</summary>
    ErrorFile,

    /// <summary>That of the http-errors section <see cref="HttpReplyConfig.Argument"/> (<c>errorfiles</c>).</summary>
    ErrorSection,

    /// <summary><see cref="HttpReplyConfig.Content"/> is the body (<c>file</c>).</summary>
    File,

    /// <summary><see cref="HttpReplyConfig.Content"/> is a log-format (<c>lf-file</c>).</summary>
    FormatFile,

    /// <summary><see cref="HttpReplyConfig.Argument"/> (<c>string</c>).</summary>
    Text,

    /// <summary><see cref="HttpReplyConfig.Argument"/> is a log-format (<c>lf-string</c>).</summary>
    FormatText,
}

/// <summary>A header of a reply.</summary>
/// <param name="Format">A log-format as written; compiled above this layer.</param>
public readonly record struct HttpReplyHeader(string Name, string Format, Origin FormatOrigin);

/// <summary>An answer that is made here: the arguments of <c>http-error</c>, and of <c>return</c>, <c>deny</c> and <c>tarpit</c>.</summary>
public sealed record HttpReplyConfig
{
    /// <summary>200..599.</summary>
    public int Status { get; init; }

    public HttpReplyBody Body { get; init; }

    /// <summary>A path, name or text as written; empty where <see cref="Body"/> has none.</summary>
    public string Argument { get; init; } = "";

    public Origin ArgumentOrigin { get; init; } = Origin.None;

    /// <summary>Of the file; empty for others.</summary>
    public ImmutableArray<byte> Content { get; init; } = [];

    /// <summary>Null: no content-type header.</summary>
    public string? ContentType { get; init; }

    public ImmutableArray<HttpReplyHeader> Headers { get; init; } = [];
    public Origin Origin { get; init; } = Origin.None;
}

using System.Collections.Frozen;
using System.Collections.Generic;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// What clients are told where no "errorfile" says otherwise: HAProxy's own pages, as recorded of 3.5 (manual, "errorfile").
/// </summary>
public static class DefaultAnswers
{
    private static readonly FrozenDictionary<int, PreparedAnswer> s_pages = Pages().ToFrozenDictionary(page => page.Status);

    /// <summary>The statuses that have a page: those that "errorfile" and "errorloc" accept.</summary>
    public static IEnumerable<int> Statuses => s_pages.Keys;

    /// <summary>Null: there is no page for that status.</summary>
    public static PreparedAnswer? Find(int status) => s_pages.GetValueOrDefault(status);

    private static IEnumerable<PreparedAnswer> Pages() =>
    [
        PreparedAnswer.Page(200, "OK", "Service ready."),
        PreparedAnswer.Page(400, "Bad request", "Your browser sent an invalid request.", closes: true),
        PreparedAnswer.Page(401, "Unauthorized", "You need a valid user and password to access this content."),
        PreparedAnswer.Page(403, "Forbidden", "Request forbidden by administrative rules."),
        PreparedAnswer.Page(404, "Not Found", "The resource could not be found."),
        PreparedAnswer.Page(405, "Method Not Allowed", "A request was made of a resource using a request method not supported by that resource."),
        PreparedAnswer.Page(407, "Unauthorized", "You need a valid user and password to access this content."),
        PreparedAnswer.Page(408, "Request Time-out", "Your browser didn't send a complete request in time.", closes: true),
        PreparedAnswer.Page(410, "Gone", "The resource is no longer available and will not be available again."),
        PreparedAnswer.Page(413, "Payload Too Large", "The request entity exceeds the maximum allowed."),
        PreparedAnswer.Page(414, "URI Too Long", "The URI provided was too long for the server to process."),
        PreparedAnswer.Page(421, "Misdirected Request", "Request sent to a non-authoritative server."),
        PreparedAnswer.Page(422, "Unprocessable Content", "The server cannot process the contained instructions."),
        PreparedAnswer.Page(425, "Too Early", "Your browser sent early data."),
        PreparedAnswer.Page(429, "Too Many Requests", "You have sent too many requests in a given amount of time."),
        PreparedAnswer.Page(431, "Request Header Fields Too Large", "Request Header Fields Too Large."),
        PreparedAnswer.Page(500, "Internal Server Error", "An internal server error occurred."),
        PreparedAnswer.Page(501, "Not Implemented", "The server does not support the functionality required to fulfill the request."),
        PreparedAnswer.Page(502, "Bad Gateway", "The server returned an invalid or incomplete response."),
        PreparedAnswer.Page(503, "Service Unavailable", "No server is available to handle this request."),
        PreparedAnswer.Page(504, "Gateway Time-out", "The server didn't respond in time."),
    ];
}

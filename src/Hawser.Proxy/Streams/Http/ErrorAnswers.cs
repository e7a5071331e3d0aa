using System.Collections.Generic;

namespace Hawser.Proxy.Streams.Http;

/// <summary>
/// The answers that one proxy gives instead of the usual pages: its "errorfile", "errorloc", "errorfiles" and
/// "http-error" lines. Immutable once built.
/// </summary>
public sealed class ErrorAnswers(IReadOnlyDictionary<int, ErrorAnswer> byStatus)
{
    public static ErrorAnswers None { get; } = new(new Dictionary<int, ErrorAnswer>());

    /// <summary>Null: the proxy has nothing of its own for that status.</summary>
    public ErrorAnswer? Find(int status) => byStatus.GetValueOrDefault(status);
}

/// <summary>One status's answer: a file that was read at start, or one that is made when it is needed ("http-error").</summary>
public abstract class ErrorAnswer
{
    /// <summary>Begins the answer; false when there was no room.</summary>
    public abstract bool TryBegin(Session session);
}

/// <summary>An answer that is the same for everybody.</summary>
public sealed class ErrorPage(PreparedAnswer answer) : ErrorAnswer
{
    public override bool TryBegin(Session session) => HttpAnswers.TryBegin(session, answer);
}

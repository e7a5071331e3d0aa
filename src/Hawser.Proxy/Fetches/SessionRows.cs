using System;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Fetches;

/// <summary>Rows that ask the session itself. They have no value where there is none, such as in a check.</summary>
internal static class SessionRows
{
    /// <returns>Null when there is no such number now.</returns>
    internal delegate long? NumberReader(Session session);

    internal delegate bool SessionReader(Session session, ref Sample sample);

    public static Session? SessionOf(SampleSource source) => ((source as SessionLogSource)?.Record as SessionRecord)?.Session;

    public static FetchRow Number(string name, FetchContexts contexts, NumberReader read, string since, string description) =>
        Row(name, SampleType.Integer, contexts,
            (Session session, ref Sample sample) =>
            {
                if (read(session) is not { } value) return false;
                sample.SetInteger(value);
                return true;
            },
            since,
            description);

    public static FetchRow Flag(string name, FetchContexts contexts, Func<Session, bool> read, string since, string description) =>
        Row(name, SampleType.Boolean, contexts,
            (Session session, ref Sample sample) =>
            {
                sample.SetBoolean(read(session));
                return true;
            },
            since,
            description);

    /// <summary>Text that is never empty where it exists.</summary>
    public static FetchRow Text(string name, FetchContexts contexts, Func<Session, byte[]?> read, string since, string description) =>
        Row(name, SampleType.String, contexts,
            (Session session, ref Sample sample) =>
            {
                if (read(session) is not { Length: > 0 } text) return false;
                sample.SetString(text);
                return true;
            },
            since,
            description);

    public static FetchRow Row(
        string name, SampleType type, FetchContexts contexts, SessionReader read, string since, string description) =>
        new(name, ArgumentSignature.None, type, contexts,
            (SampleSource source, Arguments _, ref Sample sample) => SessionOf(source) is { } session && read(session, ref sample),
            since,
            description);
}

using Hawser.Protocols.Http;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Streams.Http;

/// <summary>What all actions that change a message have in common.</summary>
public static class Rewriting
{
    /// <summary>A change found no room: counted, and an error unless "strict-mode off" was said.</summary>
    public static RuleVerdict Failed(Session session)
    {
        int loop = session.Loop.Index;
        session.Frontend.Counters[loop].FailedRewrites++;
        if (session.Backend is { } backend) backend.Counters[loop].FailedRewrites++;
        if (session.Target is { } server) server.Counters[loop].FailedRewrites++;
        return session.Http!.IsStrict ? RuleVerdict.InternalError : RuleVerdict.None;
    }

    /// <summary>A field of that name was added, changed or removed by a rule.</summary>
    public static void Touched(HttpMessage message, FieldName name)
    {
        if (name is FieldName.Connection or FieldName.ContentLength or FieldName.TransferEncoding)
            message.AreProtocolFieldsChanged = true;
    }
}

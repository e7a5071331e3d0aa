using System;
using Hawser.Base.Network;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that change what the client's connection is taken for.</summary>
internal static class AddressActions
{
    public static ActionRow[] Rows { get; } =
    [
        Row("set-src", SampleType.Address, SetSource, "the client's address"),
        Row("set-src-port", SampleType.Integer, SetSourcePort, "the client's port"),
        Row("set-dst", SampleType.Address, SetDestination, "the address the client connected to"),
        Row("set-dst-port", SampleType.Integer, SetDestinationPort, "the port the client connected to"),
    ];

    private delegate void Change(Session session, SessionLogSource source, in Sample sample);

    private static ActionRow Row(string name, SampleType type, Change change, string description) =>
        new(name, $"{name} <expr>", RuleSets.Request | RuleSets.HttpRequest, reader => Parse(reader, type, change), description);

    private static SessionAction? Parse(ActionReader reader, SampleType type, Change change) =>
        reader.Expression(type) is { } expression ? new Set(expression, type, change) : null;

    // HAProxy keeps the port where the families are the same, and takes 0 otherwise; ports of other families stay.
    private static void SetSource(Session session, SessionLogSource source, in Sample sample)
    {
        ref NetworkAddress peer = ref session.ClientSide.Peer;
        peer = sample.Address.WithPort(peer.IsInternet ? peer.Port : (ushort)0);
        source.Record.Client = peer;
    }

    private static void SetSourcePort(Session session, SessionLogSource source, in Sample sample)
    {
        ref NetworkAddress peer = ref session.ClientSide.Peer;
        if (!peer.IsInternet) peer = NetworkAddress.FromIPv4(0u, 0);
        peer.Port = unchecked((ushort)sample.Integer);
        source.Record.Client = peer;
    }

    private static void SetDestination(Session session, SessionLogSource source, in Sample sample)
    {
        ref NetworkAddress local = ref session.ClientSide.Local;
        local = sample.Address.WithPort(local.IsInternet ? local.Port : (ushort)0);
        source.Record.FrontendAddress = local;
    }

    private static void SetDestinationPort(Session session, SessionLogSource source, in Sample sample)
    {
        ref NetworkAddress local = ref session.ClientSide.Local;
        if (!local.IsInternet) local = NetworkAddress.FromIPv4(0u, 0);
        local.Port = unchecked((ushort)sample.Integer);
        source.Record.FrontendAddress = local;
    }

    private sealed class Set(SampleExpression expression, SampleType type, Change change) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            Sample sample = default;
            if (!expression.TryEvaluate(source, type, ref sample)) return RuleVerdict.None;
            if (session.Phase >= SessionPhase.SessionRules)
                session.Facts.KeepOwnAddresses(in session.ClientSide.Peer, in session.ClientSide.Local);
            // What a request's rules say holds for that request.
            if (session.Http is not null)
                session.Facts.KeepAddressesBeforeRequest(in session.ClientSide.Peer, in session.ClientSide.Local);
            change(session, source, in sample);
            return RuleVerdict.None;
        }
    }
}

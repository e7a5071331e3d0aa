using Hawser.Config.Syntax;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Io.Kernels;
using Hawser.Proxy.Logging;
using Hawser.Proxy.Streams;
using Hawser.Proxy.Streams.Rules;
using Hawser.Base.Network;

namespace Hawser.Proxy.Actions;

/// <summary>Actions that mark the packets of either side, for routing and queueing by the kernel.</summary>
internal static class PacketActions
{
    public static ActionRow[] Rows { get; } =
    [
        Row("set-fc-mark", RuleSets.All | RuleSets.HttpMessages, uint.MaxValue, ClientMark, "the mark of packets to the client"),
        Row("set-fc-tos", RuleSets.All | RuleSets.HttpMessages, byte.MaxValue, ClientTos, "the DS field of packets to the client"),
        Row("set-mark", RuleSets.All | RuleSets.HttpMessages, uint.MaxValue, ClientMark, "older name of set-fc-mark"),
        Row("set-tos", RuleSets.All | RuleSets.HttpMessages, byte.MaxValue, ClientTos, "older name of set-fc-tos"),
        Row("set-bc-mark", RuleSets.AnyRequest, uint.MaxValue, ServerMark, "the mark of packets to the server"),
        Row("set-bc-tos", RuleSets.AnyRequest, byte.MaxValue, ServerTos, "the DS field of packets to the server"),
    ];

    private delegate void Change(Session session, long value);

    private static ActionRow Row(string name, RuleSets sets, long maximum, Change change, string description) =>
        new(name, $"{name} {{ <number> | <expr> }}", sets, reader => Parse(reader, maximum, change), description);

    /// <param name="maximum">A number of ones; of what an expression gives only these bits count, as in HAProxy.</param>
    private static SessionAction? Parse(ActionReader reader, long maximum, Change change)
    {
        Word word = reader.Peek;
        if (!reader.TryNumber(out long value))
            return reader.Expression(SampleType.Integer) is { } expression ? new Computed(expression, maximum, change) : null;
        if (value >= 0 && value <= maximum) return new Fixed(value, change);
        reader.Fail(word.Origin, $"{reader.Subject} : '{word.Text}' is out of range 0..{maximum}");
        return null;
    }

    private static void ClientMark(Session session, long value) =>
        session.Loop.Kernel.SetOption(session.ClientSide.Descriptor, SocketOption.Mark, unchecked((int)value));

    private static void ClientTos(Session session, long value)
    {
        bool isIPv6 = session.ClientSide.Local.Family == AddressFamily.IPv6;
        session.Loop.Kernel.SetOption(
            session.ClientSide.Descriptor, isIPv6 ? SocketOption.TrafficClass : SocketOption.TypeOfService, (int)value);
    }

    private static void ServerMark(Session session, long value) => session.ServerMark = value;

    private static void ServerTos(Session session, long value) => session.ServerTypeOfService = (int)value;

    private sealed class Fixed(long value, Change change) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            change(session, value);
            return RuleVerdict.None;
        }
    }

    private sealed class Computed(SampleExpression expression, long maximum, Change change) : SessionAction
    {
        public override RuleVerdict Run(Session session, SessionLogSource source)
        {
            Sample sample = default;
            if (expression.TryEvaluate(source, SampleType.Integer, ref sample)) change(session, sample.Integer & maximum);
            return RuleVerdict.None;
        }
    }
}

using System.Collections.Immutable;
using Hawser.Compare.Load;

namespace Hawser.Compare.Scenarios;

/// <summary>A row whose figure is CPU per exchange.</summary>
/// <param name="Goal">Most that Hawser ÷ HAProxy may be; null: shown without one.</param>
/// <param name="HawserGlobal">A line in Hawser's global section only.</param>
/// <param name="HaproxyProxy">A line in HAProxy's proxy only.</param>
internal sealed record LoadScenario(
    string Name,
    Exchange Exchange,
    int Connections,
    double? Goal,
    bool Logs = false,
    string HawserGlobal = "",
    string HaproxyProxy = "")
{
    private const int ManyConnections = 64;
    private const int BulkConnections = 8;

    private static readonly Exchange s_small = new(Exchange.SmallAnswerBytes, ClosesAfterAnswer: false);
    private static readonly Exchange s_closing = new(Exchange.SmallAnswerBytes, ClosesAfterAnswer: true);
    private static readonly Exchange s_large = new(Exchange.LargeAnswerBytes, ClosesAfterAnswer: false);

    public static readonly ImmutableArray<LoadScenario> Rows =
    [
        new("tcp keep-alive, 37 bytes", s_small, ManyConnections, 0.90),
        new("tcp connect-exchange-close", s_closing, ManyConnections, 0.90),
        new("tcp connect-exchange-close, tcplog over UDP", s_closing, ManyConnections, null, Logs: true),
        new("tcp 1 MiB copied", s_large, BulkConnections, 0.90, HawserGlobal: "nosplice"),
        new("tcp 1 MiB, default against splice-auto", s_large, BulkConnections, 1.0,
            HaproxyProxy: "option splice-auto"),
    ];
}

using System;
using System.Text;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;
using Hawser.Expressions.Variables;
using Hawser.Proxy.Fetches;
using Hawser.Proxy.Logging;

namespace Hawser.MicroBenchmarks;

/// <summary>A session as rules and log lines see it, with a few variables.</summary>
internal sealed class BenchmarkSource
{
    private const int BlockBytes = 16384;

    private readonly VariableStore _variables = new(new VariableBudget(null, new VariableRefusals("none", 0)));

    public BenchmarkSource()
    {
        Context = new CompileContext(SessionVocabulary.All);
        SessionLogRecord record = new();
        record.Reset();
        record.Client = Address("198.51.100.77", 41234);
        record.FrontendAddress = Address("203.0.113.5", 443);
        record.ServerAddress = Address("10.0.0.8", 8080);
        record.BackendSource = Address("10.0.0.1", 50123);
        record.AcceptDate = new UnixTime(1_700_000_000_123_456);
        record.FrontendName = "public"u8.ToArray();
        record.BackendName = "application"u8.ToArray();
        record.ServerName = "app-3"u8.ToArray();
        record.RequestBytesIn = 512;
        record.ResponseBytesIn = 34_567;
        record.Variables = _ => _variables;
        LogProcess process = new() { ProcessId = 1, Hostname = "lb1"u8.ToArray(), Zone = TimeZoneInfo.Utc };
        Source = new SessionLogSource(record, process, new Scratch(BlockBytes)) { LineTime = record.AcceptDate };
        Set("txn.host", "WWW.Shop.Example.COM:8443");
        Set("txn.path", "/api/v2/customers/4711/orders?page=3&sort=date");
        Set("txn.json", "{\"user\":{\"id\":4711,\"name\":\"somebody\"},\"roles\":[\"a\",\"b\"]}");
    }

    public CompileContext Context { get; }

    public SessionLogSource Source { get; }

    public SampleExpression Compile(string text) =>
        ExpressionCompiler.CompileWhole(text, Context, out CompileFinding finding)
        ?? throw new InvalidOperationException($"{text}: {finding.Message}");

    private void Set(string name, string value)
    {
        Sample sample = default;
        sample.SetString(Encoding.ASCII.GetBytes(value));
        Variable.Parse(name, Context.Variables, out _)!.TrySet(Source, in sample);
    }

    private static NetworkAddress Address(string text, ushort port)
    {
        _ = NetworkAddress.TryParse(text.AsSpan(), out NetworkAddress address);
        return address.WithPort(port);
    }
}

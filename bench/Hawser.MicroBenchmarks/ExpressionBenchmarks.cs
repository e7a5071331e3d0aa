using System;
using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Expressions.Samples;
using Hawser.Proxy.Logging;

namespace Hawser.MicroBenchmarks;

/// <summary>Ten expressions as they stand in configurations, and two log lines. None may allocate.</summary>
public class ExpressionBenchmarks
{
    private readonly BenchmarkSource _session = new();
    private readonly byte[] _line = new byte[1024];
    private SampleExpression _expression = null!;
    private LogFormat _tcpLog = null!;
    private LogFormat _jsonLog = null!;

    [Params(
        "src",
        "src,ipmask(24)",
        "dst_port,add(10000)",
        "fe_name,concat(/,txn.host)",
        "var(txn.host),lower,field(1,:)",
        "var(txn.path),url_dec,word(2,/)",
        "var(txn.path),regsub([0-9]+,N,g)",
        "var(txn.json),json_query('$.user.id')",
        "var(txn.host),sha2(256),hex",
        "date(3600),http_date")]
    public string Text { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        _expression = _session.Compile(Text);
        _tcpLog = Format(LogFormats.Tcp);
        _jsonLog = Format("%{+json}o %(client)ci %(port)cp %(frontend)f %(server)s %(bytes)B %(state)ts");
    }

    [Benchmark]
    public bool Evaluate()
    {
        Sample sample = default;
        return _expression.TryEvaluate(_session.Source, SampleType.String, ref sample);
    }

    [Benchmark]
    public int TcpLogLine() => _tcpLog.Write(_session.Source, _line);

    [Benchmark]
    public int JsonLogLine() => _jsonLog.Write(_session.Source, _line);

    private LogFormat Format(string text)
    {
        List<CompileFinding> findings = [];
        return LogFormatCompiler.Compile(text, LogVariableRows.All, _session.Context, findings)
            ?? throw new InvalidOperationException(findings[0].Message);
    }
}

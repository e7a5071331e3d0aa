using System;
using System.Collections.Generic;
using System.Text;
using Hawser.Base.Network;
using Hawser.Simulation.Actors;
using Hawser.Simulation.Actors.Http;
using Hawser.Simulation.Faults;
using Hawser.Simulation.Networks;
using Hawser.Simulation.Proxies;
using Hawser.Simulation.Worlds;
using Xunit;

namespace Hawser.Simulation.Tests;

/// <summary>
/// The whole way of an exchange, through a proxy of mode http: what client and server are sent does not depend on the
/// pieces in which the other one speaks.
/// </summary>
public sealed class ExchangeSplitTests
{
    private const string Configuration = """
        defaults
            mode http
            timeout connect 1s
            timeout client 20s
            timeout server 20s
            timeout http-request 20s
        listen in
            bind 10.200.0.1:80
            http-request deny if { path_beg /deny/ }
            http-request wait-for-body time 10s if { path_beg /wait/ }
            http-request set-header x-rule yes
            server s1 10.100.0.1:8000
        """;

    private const string Answer =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: a\r\n b\r\n\r\n5;x=y\r\nhello\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n";

    private const string PlainAnswer = "HTTP/1.1 404 Not Found\r\nContent-Length: 7\r\n\r\nmissing";

    public static TheoryData<string, string> Exchanges => new()
    {
        { "GET / HTTP/1.1\r\nHost: a\r\n\r\n", Answer },
        { "GET /a HTTP/1.0\r\n\r\n", PlainAnswer },
        { "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" },
        { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", PlainAnswer },
        { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\nX-End: yes\r\n\r\n", Answer },
        { "POST /wait/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX-End: yes\r\n\r\n", PlainAnswer },
        { "POST /deny/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello", PlainAnswer },
        { "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\nuntil the end" },
        { "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n", "HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nbytes" },
        { "GET / HTTP/1.1\r\nHost: a\r\nX-Bad\0: 1\r\n\r\n", PlainAnswer },
        { "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello" },
    };

    [Theory]
    [MemberData(nameof(Exchanges))]
    public void An_exchange_does_not_depend_on_the_split(string request, string answer)
    {
        (string ToServer, string ToClient) whole = Run(request, answer, requestPiece: 10_000, answerPiece: 10_000);
        Assert.NotEqual("", whole.ToClient);
        foreach (int piece in (ReadOnlySpan<int>)[1, 2, 3, 5, 8, 13, 21, 40])
        {
            Assert.Equal(whole, Run(request, answer, piece, answerPiece: 10_000));
            Assert.Equal(whole, Run(request, answer, requestPiece: 10_000, piece));
            Assert.Equal(whole, Run(request, answer, piece, piece));
        }
    }

    private static (string ToServer, string ToClient) Run(string request, string answer, int requestPiece, int answerPiece)
    {
        World world = new(seed: 1, keepsTrace: false) { IsQuiet = true };
        FaultPlan faults = new(world, isCalm: true, without: []);
        Network network = new(world, faults, new LinkPlan(world, faults));
        ExchangeBook book = new(network, new HttpMix());
        OneServer server = new(world, answer, answerPiece);
        network.Listen(NetworkAddress.FromIPv4(0x0A640001, 8000), server);
        SimulatedProxy proxy = new(network, 0, Configuration, hasExactWeights: false, book);
        Speaker client = new(world, request, requestPiece, waits: 0);
        TcpConnection connection = network.Connect(NetworkAddress.FromIPv4(0x0A000001, 2000), proxy.Addresses()[0], client);
        client.Begin(connection.Near, default);
        long endUs = world.NowUs + 30_000_000;
        while (world.RunNext(endUs))
        {
        }

        Assert.Null(world.Violation);
        return (server.Heard, client.Heard);
    }

    private sealed class OneServer(World world, string answer, int piece) : SynTarget
    {
        private readonly List<Speaker> _speakers = [];

        public string Heard => string.Concat(_speakers.ConvertAll(static speaker => speaker.Heard));

        public override SynAnswer OnSyn(TcpConnection connection)
        {
            Speaker speaker = new(world, answer, piece, waits: 1);
            _speakers.Add(speaker);
            speaker.Begin(connection.Far, default);
            return SynAnswer.Accepted;
        }
    }

    /// <summary>Says a text in pieces, a moment apart, and writes down what it hears.</summary>
    private sealed class Speaker(World world, string text, int piece, int waits)
        : Peer(world, PeerScript.New("speaker") with { SendChunk = piece, SendGapUs = 3000 })
    {
        /// <summary>A client is patient; a server speaks when it has been silent for so long that the request is whole.</summary>
        private const int SilenceUs = 1_000_000;

        private const int SpeaksUp = 10;

        private readonly Recorder _recorder = new();
        private bool _speaks = waits == 0;
        private bool _isWaiting;

        public string Heard => _recorder.Text;

        protected override long Target => _speaks ? text.Length : 0;

        public override void Begin(TcpEnd end, ReadOnlySpan<byte> header)
        {
            End = end;
            end.Owner = this;
            Speech speech = new(end.Connection.Network.Noise);
            speech.Say(Encoding.Latin1.GetBytes(text));
            end.Out.Content.Begin(speech, header);
            end.In.Content.Reader = _recorder;
        }

        protected override void OnRead()
        {
            if (waits == 0 || _isWaiting || End.In.Read == 0)
                return;
            _isWaiting = true;
            World.After(SilenceUs, this, SpeaksUp);
        }

        protected override void OnTask(int argument) => _speaks |= argument == SpeaksUp;

        protected override void Finish()
        {
            if (waits != 0 && _speaks && End.Out.Written >= Target && !End.Out.FinWritten)
                End.Shutdown();
            if (End.In.FinArrived && End.Readable == 0)
                Close(withReset: false);
        }
    }

    private sealed class Recorder : FlowReader
    {
        private readonly StringBuilder _text = new();

        public string Text => _text.ToString();

        public override void Take(ReadOnlySpan<byte> bytes) => _text.Append(Encoding.Latin1.GetString(bytes));
    }
}

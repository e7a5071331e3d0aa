using System;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Hawser.Base.Network;
using Hawser.Protocols.Syslog;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Io.Buffers;
using Hawser.Io.Kernels;
using Hawser.Io.Loop;
using Hawser.Io.Sockets;
using Hawser.Proxy.Fetches;
using Hawser.Proxy.Logging;
using Xunit;

namespace Hawser.Tests.Proxy.Logging;

/// <summary>Through real sockets of this machine.</summary>
public sealed class LoggerSocketTests : IDisposable
{
    private readonly Socket _receiver = new(System.Net.Sockets.AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public LoggerSocketTests()
    {
        _receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _receiver.ReceiveTimeout = 5000;
    }

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public void A_tcplog_line_arrives_by_UDP_with_the_header_of_format_local()
    {
        Logger logger = new(new LinuxKernel(), LogSamples.Process(), (_, _) => { });
        bool isLogged = logger.LogSession(Settings(LogFormats.Tcp), LogSamples.Session());

        Assert.True(isLogged);
        Assert.Matches(
            @"^<134>[A-Z][a-z]{2} [ 123]\d \d\d:\d\d:\d\d haproxy\[14387\]: "
            + Regex.Escape("10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0") + "\n$",
            Receive());
        logger.Close();
    }

    [Fact]
    public void Lines_of_a_loop_leave_in_order_at_the_end_of_its_turn()
    {
        using BufferPool buffers = new(16384, blocksMaximum: 4);
        EventLoop loop = new(0, new LinuxKernel(), buffers);
        Logger logger = new(new LinuxKernel(), LogSamples.Process(), (_, _) => { });
        logger.Attach(loop);
        ProxyLogging settings = Settings("%rc");
        SessionLogRecord record = LogSamples.Session();
        // More than wait together: those in front leave at once.
        for (int number = 0; number < DatagramBatch.Capacity + 2; number++)
        {
            record.Retries = number;
            logger.LogSession(settings, record);
        }

        for (int number = 0; number < DatagramBatch.Capacity; number++) Assert.EndsWith($" {number}\n", Receive());
        Assert.Equal(0, _receiver.Available);
        loop.Turn();
        for (int number = DatagramBatch.Capacity; number < DatagramBatch.Capacity + 2; number++)
            Assert.EndsWith($" {number}\n", Receive());
        logger.Close();
        loop.Close();
    }

    [Fact]
    public void A_logger_without_its_loop_keeps_nothing_back()
    {
        using BufferPool buffers = new(16384, blocksMaximum: 4);
        EventLoop loop = new(0, new LinuxKernel(), buffers);
        Logger logger = new(new LinuxKernel(), LogSamples.Process(), (_, _) => { });
        logger.Attach(loop);
        logger.LogSession(Settings("first"), LogSamples.Session());
        logger.Detach();
        Assert.EndsWith("first\n", Receive());
        logger.LogSession(Settings("second"), LogSamples.Session());
        Assert.EndsWith("second\n", Receive());
        logger.Close();
        loop.Close();
    }

    [Fact]
    public void A_line_of_a_batch_that_cannot_be_sent_is_counted_for_its_target_and_stops_no_other()
    {
        using BufferPool buffers = new(16384, blocksMaximum: 4);
        EventLoop loop = new(0, new LinuxKernel(), buffers);
        LogTarget? failed = null;
        Logger logger = new(new LinuxKernel(), LogSamples.Process(), (target, _) => failed = target);
        logger.Attach(loop);
        ProxyLogging settings = Settings("line");
        // Nothing can be sent to port 0.
        LogTarget nowhere = new()
        {
            Name = "nowhere",
            Number = 2,
            Destination = SocketAddresses.From(NetworkAddress.FromIPv4(0x7F000001, 0)),
            Format = SyslogFormat.Local,
            Facility = 16,
        };
        settings = settings with { Targets = [settings.Targets[0], nowhere, settings.Targets[0]] };
        logger.LogSession(settings, LogSamples.Session());
        loop.Turn();
        Assert.EndsWith("line\n", Receive());
        Assert.EndsWith("line\n", Receive());
        Assert.Equal(1, nowhere.DroppedLogs);
        Assert.Equal(0, settings.Targets[0].DroppedLogs);
        Assert.Same(nowhere, failed);
        logger.Close();
        loop.Close();
    }

    private string Receive()
    {
        byte[] buffer = new byte[70_000];
        return Encoding.UTF8.GetString(buffer, 0, _receiver.Receive(buffer));
    }

    private ProxyLogging Settings(string format) => new()
    {
        Targets = ImmutableArray.Create(new LogTarget
        {
            Name = "test",
            Number = 1,
            Destination = SocketAddresses.From(
                NetworkAddress.FromIPv4(0x7F000001, (ushort)((IPEndPoint)_receiver.LocalEndPoint!).Port)),
            Format = SyslogFormat.Local,
            Facility = 16,
        }),
        Format = LogFormatCompiler.Compile(format, LogVariableRows.All, new CompileContext(SessionVocabulary.All), []),
        Sender = new SyslogSender("", "haproxy", 14387),
        Step = LogStep.Close,
    };
}

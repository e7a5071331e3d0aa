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
using Hawser.Io.Kernels;
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

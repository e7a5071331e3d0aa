using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Hawser.Tests.Proxy.Building;

/// <summary>What the kernel says of sockets that a configuration has prepared: no mock can forget an option.</summary>
public sealed class SocketSettingsTests
{
    private const int Tcp = 6;
    private const int QuickAck = 12;
    private const int Congestion = 13;
    private const int NotSentLowWater = 25;

    [Theory]
    [InlineData("option tcp-smart-accept", 0)]
    [InlineData("", 1)]
    [InlineData("no option tcp-smart-accept", 1)]
    public void Tcp_smart_accept_takes_the_quick_ack_from_the_listener(string option, int expected)
    {
        using Socket socket = Bound();
        using BuiltProxies built = BuiltProxies.From($"listen l\n {option}\n bind fd@{socket.Handle}");
        Assert.True(built.Bind());
        Assert.Equal(expected, Number(built.Option(0, Tcp, QuickAck, sizeof(int))));
    }

    [Theory]
    [InlineData("option tcp-smart-connect", 0)]
    [InlineData("", 1)]
    public void Tcp_smart_connect_takes_the_quick_ack_from_the_outgoing_socket(string option, int expected)
    {
        using BuiltProxies built = BuiltProxies.From($"backend b\n {option}\n server s 127.0.0.1:1");
        Assert.Equal(expected, Number(built.OutgoingOption(Tcp, QuickAck, sizeof(int))));
    }

    [Fact]
    public void Cc_chooses_the_congestion_control_of_both_sides()
    {
        using Socket socket = Bound();
        using BuiltProxies built = BuiltProxies.From(
            $"listen l\n bind fd@{socket.Handle} cc reno\n server s 127.0.0.1:1 cc reno");
        Assert.True(built.Bind());
        Assert.Equal("reno", Text(built.Option(0, Tcp, Congestion, 16)));
        Assert.Equal("reno", Text(built.OutgoingOption(Tcp, Congestion, 16)));
        Assert.Empty(built.Errors.Warnings);
    }

    // HAProxy 3.5: "Starting [b.cfg:7] for proxy a: protocol tcpv4: cannot set MSS to 65000, (Invalid argument) for
    // [127.0.0.1:18881].", and all that one line was refused in one warning.
    [Fact]
    public void Options_that_the_kernel_refuses_are_one_warning_and_the_listener_works()
    {
        using Socket socket = Bound();
        using BuiltProxies built = BuiltProxies.From($"listen l\n bind fd@{socket.Handle} mss 65000 cc bogus");
        Assert.True(built.Bind());
        Assert.Equal(
            $"Starting [dir/test.cfg:6] for proxy l: protocol tcpv4: cannot set MSS to 65000, (Invalid argument), "
            + $"cannot set TCP congestion control algorithm, (No such file or directory) for [{socket.LocalEndPoint}].",
            Assert.Single(built.Errors.Warnings));
    }

    [Fact]
    public void A_negative_mss_is_left_to_each_connection()
    {
        using Socket socket = Bound();
        using BuiltProxies built = BuiltProxies.From($"listen l\n bind fd@{socket.Handle} mss -100");
        Assert.True(built.Bind());
        Assert.Equal(100, built.Set!.Listeners[0].SegmentReduction);
        Assert.Empty(built.Errors.Warnings);
    }

    /// <summary>SO_PROTOCOL; a kernel without Multipath TCP says so in HAProxy's words.</summary>
    [Fact]
    public void Mptcp_addresses_get_sockets_of_that_protocol_on_both_sides()
    {
        using Socket socket = Bound();
        string address = socket.LocalEndPoint!.ToString()!;
        socket.Close();
        using BuiltProxies built = BuiltProxies.From($"listen l\n bind mptcp@{address}\n server s mptcp@127.0.0.1:1");
        if (!built.Bind())
        {
            Assert.Equal(
                $"Binding [dir/test.cfg:6] for proxy l: protocol mptcpv4: cannot create receiving socket "
                + $"(Protocol not supported) for [{address}].",
                Assert.Single(built.Errors.Alerts));
            return;
        }

        Assert.Equal(262, BitConverter.ToInt32(built.Option(0, level: 1, name: 38, bytes: 4)));
        Assert.Equal(262, BitConverter.ToInt32(built.OutgoingOption(level: 1, name: 38, bytes: 4)));
    }

    // HAProxy 3.5: "Starting [cfg:8] for proxy l: protocol tcpv4: cannot set TCP congestion control algorithm,
    // (No such file or directory) for [127.0.0.1:52373]."
    [Fact]
    public void A_congestion_control_that_the_kernel_does_not_know_is_a_warning()
    {
        using Socket socket = Bound();
        using BuiltProxies built = BuiltProxies.From($"listen l\n bind fd@{socket.Handle} cc bogus");
        Assert.True(built.Bind());
        Assert.Equal(
            $"Starting [dir/test.cfg:6] for proxy l: protocol tcpv4: cannot set TCP congestion control algorithm, "
            + $"(No such file or directory) for [{socket.LocalEndPoint}].",
            Assert.Single(built.Errors.Warnings));
    }

    [Fact]
    public void Notsent_lowat_is_set_on_both_sides()
    {
        using Socket socket = Bound();
        using BuiltProxies built = BuiltProxies.From(
            "global\n tune.notsent-lowat.client 16384\n tune.notsent-lowat.server 8k\n"
            + $"listen l\n bind fd@{socket.Handle}\n server s 127.0.0.1:1");
        Assert.True(built.Bind());
        Assert.Equal(16384, Number(built.Option(0, Tcp, NotSentLowWater, sizeof(int))));
        Assert.Equal(8192, Number(built.OutgoingOption(Tcp, NotSentLowWater, sizeof(int))));
    }

    [Fact]
    public void An_inherited_socket_that_does_not_listen_yet_gets_the_backlog_and_listens()
    {
        using Socket inherited = Bound();
        using BuiltProxies built = BuiltProxies.From($"listen l\n bind fd@{inherited.Handle} backlog 33");
        Assert.True(built.Bind());
        Assert.Equal(33, built.Set!.Listeners[0].Backlog);
        // SO_ACCEPTCONN, and the backlog where tcp_info of a listening socket has it (tcpi_sacked).
        Assert.Equal(1, Number(built.Option(0, 1, 30, sizeof(int))));
        Assert.Equal(33, BitConverter.ToInt32(built.Option(0, Tcp, 11, 104), 28));
    }

    private static int Number(byte[] value) => BitConverter.ToInt32(value);

    private static string Text(byte[] value) => Encoding.ASCII.GetString([.. value.TakeWhile(static letter => letter != 0)]);

    /// <summary>Bound by the test and inherited by the proxy: its port cannot be taken in between.</summary>
    private static Socket Bound()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}

using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;

namespace Hawser.EndToEnd.Article;

/// <summary>A real rsyslogd with its own configuration: UDP in, a file out, nothing of the machine's.</summary>
public sealed class Rsyslog : IDisposable
{
    private readonly Process _process;
    private readonly string _messages;

    private Rsyslog(Process process, string messages, int port)
    {
        _process = process;
        _messages = messages;
        Port = port;
    }

    public int Port { get; }

    public string[] Lines => File.Exists(_messages) ? File.ReadAllLines(_messages) : [];

    public static async Task<Rsyslog> Start(string program, string folder)
    {
        int port = FreeUdpPort();
        string messages = Path.Combine(folder, "messages");
        string configuration = Path.Combine(folder, "rsyslog.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            global(workDirectory="{{folder}}")
            module(load="imudp")
            template(name="traditional" type="string"
                string="%timegenerated% %syslogfacility-text%.%syslogseverity-text% %syslogtag%%msg%\n")
            input(type="imudp" address="127.0.0.1" port="{{port}}")
            *.* action(type="omfile" file="{{messages}}" template="traditional" flushOnTXEnd="on")

            """).ConfigureAwait(false);
        ProcessStartInfo info = new(program, ["-n", "-f", configuration, "-i", Path.Combine(folder, "rsyslog.pid")]);
        Rsyslog rsyslog = new(Process.Start(info)!, messages, port);
        await Patience.Until(() => ListensOnUdp(port), "rsyslogd to listen").ConfigureAwait(false);
        return rsyslog;
    }

    public Task WaitFor(string part, int limitMs) => Patience.Until(
        () => Lines.Any(l => l.Contains(part, StringComparison.Ordinal)),
        $"a line with '{part}' in rsyslog's file:\n{string.Join('\n', Lines)}",
        limitMs);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool ListensOnUdp(int port) => File.ReadLines("/proc/net/udp")
        .Any(line => line.Contains($":{port:X4} 00000000:0000", StringComparison.Ordinal));

    private static int FreeUdpPort()
    {
        using Socket probe = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}

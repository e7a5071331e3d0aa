using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Runtime;
using Xunit;

namespace Hawser.EndToEnd.Reloads;

/// <summary>The statistics page, its other formats and the exporter when a reload puts another configuration to work.</summary>
public sealed class ReloadedPages : IDisposable
{
    private const int ManyServers = 3000;

    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-pages-").FullName;
    private readonly HttpClient _client = new();
    private readonly int _port = FreePort.Next();

    private string Configuration => Path.Combine(_folder, "cfg");

    private string Cli => Path.Combine(_folder, "sock");

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task They_show_the_new_configuration_on_new_and_on_old_connections()
    {
        if (Skipped.Because(nameof(They_show_the_new_configuration_on_new_and_on_old_connections), ("hawser", Binaries.Hawser)))
            return;
        using ProxyUnderTest proxy = await Start("kilo", 1);
        foreach (string target in Targets)
            Assert.Contains("kilo", await Get(target), StringComparison.Ordinal);
        for (int round = 1; round <= 3; round++)
        {
            Write($"turn{round}", round);
            Assert.StartsWith("Success=1\n", await CliClient.Ask(Cli, "reload\n"), StringComparison.Ordinal);
            foreach (string target in Targets)
            {
                string text = await Get(target);
                Assert.Contains($"turn{round}", text, StringComparison.Ordinal);
                Assert.DoesNotContain(round == 1 ? "kilo" : $"turn{round - 1}", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task An_answer_under_way_is_whole_and_about_the_configuration_it_began_with()
    {
        if (Skipped.Because(nameof(An_answer_under_way_is_whole_and_about_the_configuration_it_began_with), ("hawser", Binaries.Hawser)))
            return;
        using ProxyUnderTest proxy = await Start("kilo", ManyServers);
        foreach (string target in Targets)
        {
            Write("kilo", ManyServers);
            await CliClient.Ask(Cli, "reload\n");
            using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            await client.ConnectAsync(IPAddress.Loopback, _port);
            await client.SendAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n"));
            byte[] buffer = new byte[4096];
            // It does not read on: the answer stands still between two of its pieces.
            int length = await client.ReceiveAsync(buffer);
            StringBuilder text = new(Encoding.ASCII.GetString(buffer, 0, length));
            Write("lima", 1);
            Assert.StartsWith("Success=1\n", await CliClient.Ask(Cli, "reload\n"), StringComparison.Ordinal);
            while ((length = await client.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs))) > 0)
                text.Append(Encoding.ASCII.GetString(buffer, 0, length));
            string answer = text.ToString();
            Assert.EndsWith("0\r\n\r\n", answer, StringComparison.Ordinal);
            Assert.Contains($"kilo{ManyServers}", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("lima", answer, StringComparison.Ordinal);
            Assert.Contains("lima", await Get(target), StringComparison.Ordinal);
        }

        Assert.False(proxy.HasExited);
    }

    private static string[] Targets => ["/stats", "/stats;csv", "/stats;json", "/stats;typed", "/metrics"];

    private async Task<ProxyUnderTest> Start(string name, int servers)
    {
        Write(name, servers);
        ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-f", Configuration);
        await proxy.Listening([_port]);
        return proxy;
    }

    private Task<string> Get(string target) => _client.GetStringAsync($"http://127.0.0.1:{_port}{target}");

    private void Write(string name, int servers) => File.WriteAllText(Configuration, $"""
        global
            stats socket {Cli} level admin
        defaults
            mode http
            timeout connect 5s
            timeout client 60s
            timeout server 60s
        frontend in
            bind 127.0.0.1:{_port}
            stats enable
            stats uri /stats
            http-request use-service prometheus-exporter if {'{'} path /metrics {'}'}
            default_backend of-{name}
        backend of-{name}
        {string.Concat(Enumerable.Range(1, servers).Select(number => $"    server {name}{number} 127.0.0.1:9\n"))}
        """);
}

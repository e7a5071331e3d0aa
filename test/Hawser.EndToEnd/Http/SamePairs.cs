using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Http;

/// <summary>
/// Headers that are added, cookies and persistence, played by an installed haproxy and by ours: which server gets what,
/// what the client gets and what the log says are the same, byte for byte.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class SamePairs(ITestOutputHelper output)
{
    private const string UsualResponse = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nNN";

    private static readonly string[] s_servers = ["s1", "s2", "s3"];
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Configurations", "http");

    [Theory]
    [InlineData("added-headers.txt", 25)]
    [InlineData("cookies.txt", 300)]
    [InlineData("persistence.txt", 50)]
    [InlineData("balancing.txt", 235)]
    public async Task Clients_and_servers_get_the_same_bytes(string file, int requestsMinimum)
    {
        if (Skipped.Because(nameof(Clients_and_servers_get_the_same_bytes), ("haproxy", Binaries.Haproxy), ("hawser", Binaries.Hawser)))
            return;
        List<PairCase> cases = PairCase.Read(Path.Combine(s_folder, file));
        int requests = cases.Sum(one => one.Connections.Sum(connection => connection.Count));
        Assert.True(requests >= requestsMinimum, $"{requests} requests");
        string[] expected = await Run(Binaries.Haproxy!, cases);
        string[] actual = await Run(Binaries.Hawser!, cases);
        BothProxies.AssertSame(output, cases.ConvertAll(static one => one.Name), requests, expected, actual);
    }

    [Theory]
    [InlineData("forwarded.txt", 100)]
    public async Task Servers_get_what_was_recorded_of_a_newer_haproxy(string file, int requestsMinimum)
    {
        if (Skipped.Because(nameof(Servers_get_what_was_recorded_of_a_newer_haproxy), ("hawser", Binaries.Hawser)))
            return;
        List<PairCase> cases = PairCase.Read(Path.Combine(s_folder, file));
        Assert.True(cases.Sum(one => one.Recorded.Count) >= requestsMinimum);
        string[] actual = await Run(Binaries.Hawser!, cases);
        for (int index = 0; index < cases.Count; index++)
        {
            string recorded = string.Concat(cases[index].Recorded).Replace("\r\n", "<CR><LF>\n", StringComparison.Ordinal);
            Assert.True(actual[index].Contains($"s1: {recorded}\n", StringComparison.Ordinal),
                $"### {cases[index].Name}\nrecorded:\n{recorded}\nhawser:\n{actual[index]}");
        }
    }

    private static async Task<string[]> Run(string binary, List<PairCase> cases)
    {
        using SyslogReceiver log = new();
        RecordingOrigin[][] origins = [.. cases.Select(Origins)];
        int[] ports = [.. cases.Select(_ => FreePort.Next())];
        string path = Path.Combine(Path.GetTempPath(), $"hawser-pairs-{Guid.NewGuid():N}.cfg");
        File.WriteAllText(path, Configuration(cases, origins, ports, log.Port));
        try
        {
            using ProxyUnderTest proxy = ProxyUnderTest.Start(binary, "-db", "-f", path);
            await proxy.Listening(ports);
            string[] seen = new string[cases.Count];
            int lines = 0;
            for (int index = 0; index < cases.Count; index++)
            {
                StringBuilder text = new();
                List<int> clients = [];
                foreach (List<string> connection in cases[index].Connections)
                {
                    clients.Add(await Talk(cases[index], connection, ports[index], text));
                    lines += connection.Count;
                    // One after the other: a server is chosen when the one before has been told.
                    await log.WaitFor(lines);
                }

                for (int server = 0; server < s_servers.Length; server++)
                    text.Append(null, $"{s_servers[server]}: {string.Concat(origins[index][server].Requests)}\n");
                foreach (string line in log.Lines.Skip(lines - cases[index].Connections.Sum(connection => connection.Count)))
                    text.Append("log: ").Append(line[(line.IndexOf("]: ", StringComparison.Ordinal) + 3)..]);
                seen[index] = text.ToString().Replace("\r\n", "<CR><LF>\n", StringComparison.Ordinal)
                    .Replace($"{ports[index]}", "FPORT", StringComparison.Ordinal);
                foreach (int client in clients) seen[index] = seen[index].Replace($"{client}", "CPORT", StringComparison.Ordinal);
            }

            await proxy.Stop();
            return seen;
        }
        finally
        {
            File.Delete(path);
            foreach (RecordingOrigin origin in origins.SelectMany(static some => some)) origin.Dispose();
        }
    }

    private static RecordingOrigin[] Origins(PairCase one) =>
    [
        .. s_servers.Select(name => new RecordingOrigin(Encoding.Latin1.GetBytes(
            (one.Response.Length > 0 ? one.Response : UsualResponse).Replace("NN", name, StringComparison.Ordinal)))),
    ];

    /// <returns>The client's port.</returns>
    private static async Task<int> Talk(PairCase one, List<string> requests, int port, StringBuilder seen)
    {
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, port);
        MessageReader reader = new(client);
        try
        {
            foreach (string request in requests)
            {
                await client.SendAsync(Encoding.Latin1.GetBytes(request));
                bool hasBody = !request.StartsWith("HEAD", StringComparison.Ordinal);
                seen.Append("client: ").Append(await reader.Next(hasBody)).Append('\n');
            }
        }
        catch (PatienceException error)
        {
            throw new PatienceException($"### {one.Name}: {error.Message}");
        }

        return ((IPEndPoint)client.LocalEndPoint!).Port;
    }

    private static string Configuration(List<PairCase> cases, RecordingOrigin[][] origins, int[] ports, int logPort)
    {
        StringBuilder text = new($"""
            defaults
                mode http
                log 127.0.0.1:{logPort} local0
                log-format "%f %b/%s %ST %CC %CS %tsc %rc"
                timeout client 20s
                timeout server 20s
                timeout connect 20s

            """);
        for (int index = 0; index < cases.Count; index++)
        {
            string lines = cases[index].Configuration
                .Replace("{n}", $"{index}", StringComparison.Ordinal)
                .Replace("{F}", $"127.0.0.1:{ports[index]}", StringComparison.Ordinal);
            for (int server = 0; server < s_servers.Length; server++)
                lines = lines.Replace($"{{{s_servers[server]}}}", $"127.0.0.1:{origins[index][server].Port}", StringComparison.Ordinal);
            text.Append(lines);
        }

        return text.ToString();
    }
}

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
/// Rules of mode http, run by an installed haproxy and by ours on the same requests: what the client gets, what the
/// server gets, and the status and termination state in the log are the same, byte for byte.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class SameMessages(ITestOutputHelper output)
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Configurations", "http");

    [Theory]
    [InlineData("rules.txt", 60)]
    public async Task Client_and_server_get_the_same_bytes(string file, int requestsMinimum)
    {
        if (Skipped.Because(nameof(Client_and_server_get_the_same_bytes), ("haproxy", Binaries.Haproxy), ("hawser", Binaries.Hawser)))
            return;
        List<RuleCase> cases = RuleCase.Read(Path.Combine(s_folder, file), s_folder);
        int requests = cases.Sum(one => one.Requests.Count);
        Assert.True(requests >= requestsMinimum, $"{requests} requests");
        string[] expected = await Run(Binaries.Haproxy!, cases);
        string[] actual = await Run(Binaries.Hawser!, cases);
        BothProxies.AssertSame(output, cases.ConvertAll(static one => one.Name), requests, expected, actual);
    }

    /// <summary>
    /// What a newer HAProxy (3.5) did, which the installed one may do in another way. With HAWSER_UPDATE_GOLDEN=1 and
    /// HAPROXY naming such a one, it is recorded.
    /// </summary>
    [Theory]
    [InlineData("newer.txt", 20)]
    public async Task Client_and_server_get_what_was_recorded_of_a_newer_haproxy(string file, int requestsMinimum)
    {
        if (Skipped.Because(nameof(Client_and_server_get_what_was_recorded_of_a_newer_haproxy), ("hawser", Binaries.Hawser)))
            return;
        string path = Path.Combine(s_folder, file);
        List<RuleCase> cases = RuleCase.Read(path, s_folder);
        Assert.True(cases.Sum(one => one.Requests.Count) >= requestsMinimum);
        string recorded = Path.ChangeExtension(path, ".recorded");
        if (Environment.GetEnvironmentVariable("HAWSER_UPDATE_GOLDEN") is not null)
            File.WriteAllText(recorded, Named(cases, await Run(Binaries.Haproxy!, cases)));
        string[] expected = File.ReadAllText(recorded).Split("\n\n[");
        string[] actual = Named(cases, await Run(Binaries.Hawser!, cases)).Split("\n\n[");
        Assert.Equal(expected.Length, actual.Length);
        string[] differences = [.. expected.Zip(actual).Where(pair => pair.First != pair.Second).Select(pair => $"recorded:\n{pair.First}\nhawser:\n{pair.Second}")];
        Assert.True(differences.Length == 0, string.Join("\n", differences));
    }

    private static string Named(List<RuleCase> cases, string[] seen) =>
        string.Concat(cases.Zip(seen, (one, text) => $"[{one.Name}]\n{text}\n\n"));

    /// <summary>One text for each case: what the client saw, what the origin saw, what the log says.</summary>
    private static async Task<string[]> Run(string binary, List<RuleCase> cases)
    {
        using SyslogReceiver log = new();
        RecordingOrigin[] origins = [.. cases.Select(one => new RecordingOrigin(one.Response))];
        int[] ports = [.. cases.Select(_ => FreePort.Next())];
        string path = Path.Combine(Path.GetTempPath(), $"hawser-http-{Guid.NewGuid():N}.cfg");
        File.WriteAllText(path, Configuration(cases, origins, ports, log.Port));
        try
        {
            using ProxyUnderTest proxy = ProxyUnderTest.Start(binary, "-db", "-f", path);
            await proxy.Listening(ports);
            string[] seen = new string[cases.Count];
            for (int index = 0; index < cases.Count; index++) seen[index] = await Talk(cases[index], ports[index]);
            await log.WaitFor(cases.Sum(one => one.Requests.Count - one.Unlogged));
            ILookup<string, string> lines = log.Lines
                .Select(line => line.TrimEnd('\n')[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..].Split(' ', 2))
                .ToLookup(parts => parts[0], parts => parts[1]);
            for (int index = 0; index < cases.Count; index++)
                seen[index] += $"server: {string.Concat(origins[index].Requests)}\nlog: {string.Join(", ", lines[$"f{index}"])}";
            await proxy.Stop();
            return [.. seen.Select(text => text.Replace("\r\n", "<CR><LF>\n", StringComparison.Ordinal))];
        }
        finally
        {
            File.Delete(path);
            foreach (RecordingOrigin origin in origins) origin.Dispose();
        }
    }

    private static async Task<string> Talk(RuleCase one, int port)
    {
        StringBuilder seen = new();
        Socket client = await Connect(port);
        MessageReader reader = new(client);
        try
        {
            foreach (byte[] request in one.Requests)
            {
                if (reader.IsClosed)
                {
                    client.Dispose();
                    client = await Connect(port);
                    reader = new MessageReader(client);
                }

                await client.SendAsync(request);
                if (one.Closes && request == one.Requests[^1]) client.Shutdown(SocketShutdown.Send);
                bool hasBody = !request.AsSpan().StartsWith("HEAD"u8);
                seen.Append("client: ").Append(await reader.Next(hasBody)).Append('\n');
            }
        }
        catch (PatienceException error)
        {
            throw new PatienceException($"[{one.Name}] {error.Message}");
        }
        finally
        {
            client.Dispose();
        }

        return seen.ToString();
    }

    private static async Task<Socket> Connect(int port)
    {
        Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    private static string Configuration(List<RuleCase> cases, RecordingOrigin[] origins, int[] ports, int logPort)
    {
        StringBuilder text = new($"""
            global
                expose-experimental-directives
            defaults
                mode http
                log 127.0.0.1:{logPort} local0
                timeout client 20s
                timeout server 20s
                timeout connect 20s

            """);
        for (int index = 0; index < cases.Count; index++)
        {
            text.Append(null, $"frontend f{index}\n    bind 127.0.0.1:{ports[index]}\n    log-format \"%f %ST %ts %hr %hs\"\n");
            foreach (string line in cases[index].Frontend) text.Append(null, $"    {line}\n");
            text.Append(null, $"    default_backend b{index}\nbackend b{index}\n");
            foreach (string line in cases[index].Backend) text.Append(null, $"    {line}\n");
            text.Append(null, $"    server s 127.0.0.1:{origins[index].Port}\n");
            foreach (string line in cases[index].Sections) text.Append(line).Append('\n');
        }

        return text.ToString();
    }
}

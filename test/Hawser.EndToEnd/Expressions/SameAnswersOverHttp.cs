using System;
using System.Collections.Generic;
using System.Globalization;
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

namespace Hawser.EndToEnd.Expressions;

/// <summary>
/// Fetches of layer 7 over the same requests and responses, by an installed haproxy and by the published binary: rules put
/// each value into a variable, and the log line of each exchange shows them all.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class SameAnswersOverHttp(ITestOutputHelper output)
{
    private const string Between = "|~|";

    private static readonly string s_file =
        Path.Combine(AppContext.BaseDirectory, "Configurations", "expressions", "http.txt");

    [Theory]
    [InlineData("request", 80)]
    [InlineData("response", 25)]
    public async Task Messages_are_read_as_by_haproxy(string kind, int messagesAtLeast)
    {
        if (Skipped.Because(nameof(Messages_are_read_as_by_haproxy), ("haproxy", Binaries.Haproxy), ("hawser", Binaries.Hawser)))
            return;
        (string[] expressions, string[] messages) = Load(kind);
        Assert.True(messages.Length >= messagesAtLeast, $"{messages.Length} messages");
        string[][] expected = await Evaluate(Binaries.Haproxy!, kind, expressions, messages);
        string[][] actual = await Evaluate(Binaries.Hawser!, kind, expressions, messages);
        List<string> differences = [];
        for (int message = 0; message < messages.Length; message++)
        {
            for (int index = 0; index < expressions.Length; index++)
            {
                if (expected[message][index] != actual[message][index])
                    differences.Add($"{messages[message]}\n   {expressions[index]}: haproxy '{expected[message][index]}', hawser '{actual[message][index]}'");
            }
        }

        output.WriteLine($"{expressions.Length} expressions over {messages.Length} messages, {differences.Count} differences");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static async Task<string[][]> Evaluate(string binary, string kind, string[] expressions, string[] messages)
    {
        using SyslogReceiver log = new();
        using ListeningServer server = new("s", IPAddress.Loopback);
        int port = FreePort.Next();
        string path = Path.Combine(Path.GetTempPath(), $"hawser-http-{Guid.NewGuid():N}.cfg");
        bool isResponse = kind == "response";
        File.WriteAllText(path, Configuration(kind, expressions, port, log.Port, isResponse ? server.Port : 0));
        try
        {
            using ProxyUnderTest proxy = ProxyUnderTest.Start(binary, "-db", "-f", path);
            await proxy.Listening([port]);
            List<string[]> answers = [];
            foreach (string message in messages)
            {
                byte[] bytes = Encoding.Latin1.GetBytes(Unescaped(message));
                using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await client.ConnectAsync(IPAddress.Loopback, port);
                client.Send(isResponse ? "GET /p?q HTTP/1.1\r\nhost: h\r\n\r\n"u8 : bytes);
                if (isResponse)
                {
                    using Socket peer = await server.Accept();
                    await peer.ReceiveAsync(new byte[4096]);
                    peer.Send(bytes);
                    peer.Shutdown(SocketShutdown.Send);
                    await client.ReceiveAsync(new byte[4096]);
                }

                await log.WaitFor(answers.Count + 1);
                string line = log.Lines[answers.Count];
                string[] values = line[(line.IndexOf("BEGIN", StringComparison.Ordinal) + 5)..].TrimEnd('\n').Split(Between);
                Assert.Equal(expressions.Length, values.Length);
                answers.Add(values);
            }

            await proxy.Stop();
            return [.. answers];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Configuration(string kind, string[] expressions, int port, int logPort, int serverPort)
    {
        StringBuilder text = new($"""
            userlist u
                group g1 users a,b
                group g2
                user a insecure-password pa
                user b password $1$saltsalt$7EaoU6qwZBd0smnWcNtgD/
                user c insecure-password pc groups g2
            defaults
                mode http
                option httpclose
                timeout client 20s
                timeout server 20s
                timeout connect 20s
            listen f
                bind 127.0.0.1:{port}
                log 127.0.0.1:{logPort} len 65000 local0

            """);
        if (serverPort > 0) text.Append(null, $"    server s 127.0.0.1:{serverPort}\n");
        List<string> values = [];
        for (int index = 0; index < expressions.Length; index++)
        {
            string expression = expressions[index][2..];
            bool isCondition = expressions[index][0] == '?';
            string condition = isCondition ? expression : $"{{ {expression} -m found }}";
            text.Append(null, $"    http-{kind} set-var(txn.f{index}) bool(true) if {condition}\n");
            if (!isCondition) text.Append(null, $"    http-{kind} set-var(txn.v{index}) {expression}\n");
            values.Add(isCondition ? $"%[var(txn.f{index})]" : $"%[var(txn.f{index})]:%[var(txn.v{index})]");
        }

        text.Append(null, $"    log-format \"BEGIN{string.Join(Between, values)}\"\n");
        return text.ToString();
    }

    /// <summary>"$ EXPRESSION", "? CONDITION" and "&gt; MESSAGE" lines below "[request]" or "[response]".</summary>
    private static (string[] Expressions, string[] Messages) Load(string kind)
    {
        string[] lines = [.. File.ReadLines(s_file).SkipWhile(line => line != $"[{kind}]").Skip(1).TakeWhile(line => !line.StartsWith('['))];
        return ([.. lines.Where(line => line[0] is '$' or '?')], [.. lines.Where(line => line[0] == '>').Select(line => line[2..])]);
    }

    private static string Unescaped(string text)
    {
        StringBuilder result = new();
        for (int at = 0; at < text.Length; at++)
        {
            char value = text[at];
            if (value != '\\')
            {
                result.Append(value);
                continue;
            }

            at++;
            if (text[at] == 'x')
            {
                result.Append((char)int.Parse(text.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                at += 2;
            }
            else
            {
                result.Append(text[at] switch { 'r' => '\r', 'n' => '\n', 't' => '\t', var other => other });
            }
        }

        return result.ToString();
    }
}

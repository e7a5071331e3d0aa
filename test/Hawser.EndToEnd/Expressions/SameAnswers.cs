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

namespace Hawser.EndToEnd.Expressions;

/// <summary>
/// Expressions and conditions, evaluated by an installed haproxy and by the published binary on the same input: every
/// one is put into a variable, and the log line of one session shows them all.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class SameAnswers(ITestOutputHelper output)
{
    /// <summary>Fits a datagram with room to spare.</summary>
    private const int PerSession = 120;

    private const string Between = "|~|";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Configurations", "expressions");

    [Fact]
    public async Task Expressions_have_the_value_that_haproxy_gives_them()
    {
        if (Skipped.Because(nameof(Expressions_have_the_value_that_haproxy_gives_them), ("haproxy", Binaries.Haproxy), ("hawser", Binaries.Hawser)))
            return;
        string[] all = [.. File.ReadLines(Path.Combine(s_folder, "expressions.txt")).Where(line => line.Length > 0)];
        Assert.True(all.Length >= 300, $"{all.Length} expressions");
        List<string> differences = [];
        foreach (string[] some in all.Chunk(PerSession))
        {
            string[] expected = await Evaluate(Binaries.Haproxy!, some);
            string[] actual = await Evaluate(Binaries.Hawser!, some);
            for (int index = 0; index < some.Length; index++)
            {
                if (expected[index] != actual[index])
                    differences.Add($"{some[index]}: haproxy '{expected[index]}', hawser '{actual[index]}'");
            }
        }

        output.WriteLine($"{all.Length} expressions, {differences.Count} differences");
        Assert.Empty(differences);
    }

    private static async Task<string[]> Evaluate(string binary, string[] expressions)
    {
        using SyslogReceiver log = new();
        int port = FreePort.Next();
        string path = Path.Combine(Path.GetTempPath(), $"hawser-expressions-{Guid.NewGuid():N}.cfg");
        File.WriteAllText(path, Configuration(expressions, port, log.Port));
        try
        {
            using ProxyUnderTest proxy = ProxyUnderTest.Start(binary, "-db", "-f", path);
            await proxy.Listening([port]);
            using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(IPAddress.Loopback, port);
            client.Send("hello!"u8);
            // Some conditions wait for more: the FIN says that there is none.
            client.Shutdown(SocketShutdown.Send);
            await log.WaitFor(1);
            string line = log.Lines[0];
            string[] values = line[(line.IndexOf("BEGIN", StringComparison.Ordinal) + 5)..].TrimEnd('\n').Split(Between);
            Assert.Equal(expressions.Length, values.Length);
            await proxy.Stop();
            return values;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Configuration(string[] expressions, int port, int logPort)
    {
        StringBuilder text = new($"""
            defaults
                mode tcp
                timeout client 20s
                timeout server 20s
                timeout connect 20s
            backend f2
                server s 127.0.0.1:1
            frontend f
                bind 127.0.0.1:{port}
                log 127.0.0.1:{logPort} len 65000 local0
                tcp-request inspect-delay 20s
                tcp-request content set-var(txn.wait) int(1) if {"{"} req.len ge 6 {"}"}

            """);
        for (int index = 0; index < expressions.Length; index++)
        {
            string expression = expressions[index].Replace("{dir}", s_folder, StringComparison.Ordinal);
            text.Append(null, $"    tcp-request content set-var(txn.v{index}) {expression}\n");
        }

        text.Append("    tcp-request content reject\n");
        IEnumerable<string> values = Enumerable.Range(0, expressions.Length).Select(index => $"%[var(txn.v{index})]");
        text.Append(null, $"    log-format \"BEGIN{string.Join(Between, values)}\"\n");
        return text.ToString();
    }
}

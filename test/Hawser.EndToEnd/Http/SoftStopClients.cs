using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Http;

/// <summary>
/// Clients of mode http when the process is stopped softly, with "option idle-close-on-response" and without: the installed
/// haproxy and ours say the same, byte for byte, close at the same moments, log the same and end.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class SoftStopClients
{
    private const string Option = "option idle-close-on-response";
    private const string Get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private const string Answer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    private const string LastAnswer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok";
    private const string Closed = "<end>";

    /// <summary>What a client does: sends a text, "?" awaits an answer, "stop" stops the process, "end" awaits the end.</summary>
    public static TheoryData<string, string[], string, int> Cases => new()
    {
        // Between two requests: closed at once, or told with the next response.
        { "", [Get, "?", "stop", "end"], Answer + Closed, 1 },
        { Option, [Get, "?", "stop", Get, "?", "end"], Answer + LastAnswer + Closed, 2 },
        { Option, [Get, "?", "stop", Get[..9], Get[9..], "?", "end"], Answer + LastAnswer + Closed, 2 },
        { Option, [Get, "?", "stop", Get + Get, "?", "end"], Answer + LastAnswer + Closed, 2 },

        // One that has not spoken yet, or not to the end, is served.
        { "", ["stop", Get, "?", "end"], LastAnswer + Closed, 1 },
        { Option, ["stop", Get, "?", "end"], LastAnswer + Closed, 1 },
        { "", [Get[..9], "stop", Get[9..], "?", "end"], LastAnswer + Closed, 1 },
        { Option, [Get[..9], "stop", Get[9..], "?", "end"], LastAnswer + Closed, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Clients_meet_a_soft_stop_as_with_HAProxy(string option, string[] steps, string expected, int lines)
    {
        foreach ((string name, string? binary) in new[] { ("haproxy", Binaries.Haproxy), ("hawser", Binaries.Hawser) })
        {
            if (Skipped.Because(nameof(Clients_meet_a_soft_stop_as_with_HAProxy), (name, binary))) continue;
            using HttpStage stage = new(binary!, "%HP %ST %ts", option, "server s1 {s1}", responses: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await stage.Ready();
            using Socket client = await stage.Connect();
            // The proxy has taken it before anything is stopped.
            await stage.Proxy.Idle();
            Assert.Equal((name, expected), (name, await Play(stage, client, steps)));
            Assert.Equal(0, await stage.Proxy.ExitStatus());
            // The server is told with the last request that came when the stop had begun.
            bool isAfterStop = Array.LastIndexOf(steps, "?") > Array.IndexOf(steps, "stop");
            Assert.Equal((name, isAfterStop), (name, stage.Origins[0].Requests[^1].Contains("\r\nconnection: close\r\n", StringComparison.Ordinal)));
            List<string> requests = [.. (await stage.Logged(lines)).Where(static line => line.StartsWith('/'))];
            Assert.Equal((name, string.Join(", ", Enumerable.Repeat("/ 200 --", lines))), (name, string.Join(", ", requests)));
        }
    }

    private static async Task<string> Play(HttpStage stage, Socket client, string[] steps)
    {
        MessageReader reader = new(client);
        StringBuilder seen = new();
        foreach (string step in steps)
        {
            switch (step)
            {
                case "?":
                    seen.Append((await reader.Next(hasBody: true)).Replace(Closed, "", StringComparison.Ordinal));
                    // Its connection waits for the next request from then on.
                    await stage.Proxy.Idle();
                    break;
                case "stop":
                    stage.Proxy.Signal(UnixSignal.User1);
                    await Patience.Until(() => !ListenTable.Listens(stage.Port), "the listener to be closed");
                    await stage.Proxy.Idle();
                    break;
                case "end":
                    seen.Append(await reader.Next(hasBody: true)).Append(reader.IsClosed ? "" : "<open>");
                    break;
                default:
                    await client.SendAsync(Encoding.ASCII.GetBytes(step));
                    await stage.Proxy.Idle();
                    break;
            }
        }

        return seen.ToString();
    }
}

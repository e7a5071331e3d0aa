using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Commands;

public sealed partial class DebugMode : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-e2e-").FullName;

    // The lines are those of HAProxy 3.5 for the same session; 2.6 has closed the descriptors before it tells them.
    [Fact]
    public async Task Sessions_are_shown_on_standard_output()
    {
        if (Skipped.Because(nameof(Sessions_are_shown_on_standard_output), ("hawser", Binaries.Hawser)))
            return;
        using ListeningServer server = new("s1", IPAddress.Loopback);
        server.AnswerWithName();
        int port = FreePort.Next();
        string file = Path.Combine(_folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, $"""
            defaults
                timeout connect 5s
                timeout client 20s
                timeout server 20s
            frontend f
                bind 127.0.0.1:{port}
                default_backend b
            backend b
                server s1 127.0.0.1:{server.Port}

            """);
        using ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-d", "-f", file);
        await proxy.Listening([port]);
        using (TcpClient client = new())
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            await new StreamReader(client.GetStream()).ReadToEndAsync();
        }

        await Patience.Until(() => proxy.Output.Contains("closed[", StringComparison.Ordinal), "the end of the session");
        Assert.Equal(
            [
                "00000000:f.accept(FD)=FD from [127.0.0.1:PORT] ALPN=<none>",
                "00000000:b.clicls[FD:FD]",
                "00000000:b.srvcls[FD:FD]",
                "00000000:b.closed[FD:FD]",
            ],
            proxy.Output.Split('\n').Where(static line => line.StartsWith("00000000:", StringComparison.Ordinal)).Select(Mask));
        await proxy.Stop();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Mask(string line) =>
        Descriptor().Replace(Port().Replace(line, ":PORT]"), "FD");

    [GeneratedRegex(@"(?<=[(=[:])00[0-9a-f]{2}(?=[] ):])")]
    private static partial Regex Descriptor();

    [GeneratedRegex(@":\d+\]")]
    private static partial Regex Port();
}

using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>
/// "source … usesrc": the server sees an address that is not the proxy's. On loopback every address of 127.0.0.0/8 comes
/// back to this machine, so that no route has to be set; the privilege is needed all the same.
/// </summary>
public sealed class ClientSources(ITestOutputHelper output)
{
    private const int NetworkAdministration = 12;

    private static readonly Scenario[] Rows =
    [
        Seen("The client's address", "source 0.0.0.0 usesrc clientip"),
        Seen("The client's address and port", "source 0.0.0.0 usesrc client"),
        Seen("An address for all", "source 0.0.0.0 usesrc 127.0.0.77"),
        Seen("The client's address for a whole backend", "", "source 0.0.0.0 usesrc clientip"),
        Seen("A listener for any address", "", "", "transparent"),
    ];

    public static TheoryData<string> Names => SideBySide.Names(Rows);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Are_seen_by_servers_as_with_haproxy(string scenario) =>
        Skipped.Because(scenario, ("the privilege to administrate the network", MayAdministrate() ? "" : null))
            ? Task.CompletedTask
            : SideBySide.Run(Rows, scenario, output);

    private static Scenario Seen(string name, string server, string proxy = "", string bind = "") => new(name, $$"""
        listen test1
            bind 127.0.0.1:{bind:fe} {{bind}}
            {{proxy}}
            log-format "ci=%ci bi=%bi s=%s ts=%ts B=%B U=%U"
            server s1 127.0.0.1:{server:s1} {{server}}
        """, async stage =>
    {
        Peer client = await stage.Connect("client", "fe", from: IPAddress.Parse("127.0.0.66"));
        await client.Send(10);
        Peer accepted = await stage.Accept("s1");
        await accepted.WaitForBytes(10);
        stage.Notes.Saw($"from {((IPEndPoint)accepted.Socket.RemoteEndPoint!).Address}");
        await accepted.Send(20);
        await client.WaitForBytes(20);
        accepted.Close();
        await client.WaitForFin();
        client.Close();
    });

    /// <summary>Whether this process, and what it starts, has CAP_NET_ADMIN (capabilities(7)).</summary>
    private static bool MayAdministrate()
    {
        string line = File.ReadLines("/proc/self/status").Single(l => l.StartsWith("CapEff:", StringComparison.Ordinal));
        return (ulong.Parse(line["CapEff:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> NetworkAdministration & 1) != 0;
    }
}

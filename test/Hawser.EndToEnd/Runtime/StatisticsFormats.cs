using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>
/// Each value of the installed HAProxy's statistics is there under its name, for the same objects, with its type, origin,
/// nature and scope, in every format that tools read. Names follow the order of 3.5, which has moved its modules' columns.
/// </summary>
public sealed class StatisticsFormats
{
    /// <summary>What 2.6 says otherwise than 3.5 does: a misspelt name, and the nature of one rate.</summary>
    private static readonly string[] s_changedSince = ["TotalSplicdedBytesOut", "B rate"];

    [Fact]
    public async Task Every_value_of_the_installed_HAProxy_has_its_name_type_and_tags()
    {
        if (Skipped.Because(nameof(Every_value_of_the_installed_HAProxy_has_its_name_type_and_tags),
            ("hawser", Binaries.Hawser), ("haproxy", Binaries.Haproxy)))
            return;
        using CliProcess ours = await Start(Binaries.Hawser!);
        using CliProcess theirs = await Start(Binaries.Haproxy!);
        List<string> differences = [];
        foreach (string command in (string[])["show stat typed", "show info typed"])
            Compare(command, Typed(await theirs.Ask(command + "\n")), Typed(await ours.Ask(command + "\n")), differences);
        foreach (string command in (string[])["show stat json", "show info json"])
            Compare(command, Json(await theirs.Ask(command + "\n")), Json(await ours.Ask(command + "\n")), differences);
        Assert.Empty(differences);
    }

    [Fact]
    public async Task The_columns_up_to_those_of_modules_stand_where_they_stood()
    {
        if (Skipped.Because(nameof(The_columns_up_to_those_of_modules_stand_where_they_stood),
            ("hawser", Binaries.Hawser), ("haproxy", Binaries.Haproxy)))
            return;
        using CliProcess ours = await Start(Binaries.Hawser!);
        using CliProcess theirs = await Start(Binaries.Haproxy!);
        string[] known = (await theirs.Ask("show stat\n")).Split('\n')[0].Split(',');
        string[] columns = (await ours.Ask("show stat\n")).Split('\n')[0].Split(',');
        int modules = Array.IndexOf(known, "-");
        Assert.Equal(known[..modules], columns[..modules]);
        Assert.Empty(known.Except(columns));
    }

    [Fact]
    public async Task Fractions_are_shown_where_they_are_asked_for()
    {
        if (Skipped.Because(nameof(Fractions_are_shown_where_they_are_asked_for), ("hawser", Binaries.Hawser)))
            return;
        using CliProcess process = await Start(Binaries.Hawser!);
        Assert.Matches(@"\nStart_time_sec: \d+\.\d+\n", await process.Ask("show info float\n"));
        Assert.Matches(@"\n\d+\.Start_time_sec\.1:MDPV:flt:\d+\.\d+\n", await process.Ask("show info typed float\n"));
        using JsonDocument json = JsonDocument.Parse(await process.Ask("show info float json\n"));
        JsonElement start = json.RootElement.EnumerateArray().Single(static item => item.GetProperty("field").GetProperty("name").GetString() == "Start_time_sec");
        Assert.Equal("flt", start.GetProperty("value").GetProperty("type").GetString());
        Assert.True(start.GetProperty("value").GetProperty("value").GetDouble() > 1e9);
    }

    private static async Task<CliProcess> Start(string binary)
    {
        int port = FreePort.Next(2);
        CliProcess process = new(binary, $"""
            defaults
                mode http
                timeout client 5s
                timeout server 5s
                timeout connect 1s
            frontend web
                bind 127.0.0.1:{port} name first
                option socket-stats
                default_backend app
            backend app
                balance roundrobin
                cookie SRV insert
                server s1 127.0.0.1:1 cookie a weight 3 check
                server s2 127.0.0.1:1 check backup disabled
            listen tcp
                mode tcp
                bind 127.0.0.1:{port + 1}
                balance leastconn
                server t1 127.0.0.1:1
            """, "    node n1\n    description d1\n    nbthread 1");
        await process.Proxy.Listening([port, port + 1]);
        return process;
    }

    private static void Compare(string command, Dictionary<string, string> theirs, Dictionary<string, string> ours, List<string> differences)
    {
        Assert.True(theirs.Count > 50, command);
        foreach ((string name, string kind) in theirs)
        {
            string[] parts = name.Split(' ');
            bool isChanged = Array.Exists(s_changedSince, one => one == parts[^1] || one == $"{parts[0][0]} {parts[^1]}");
            if (!isChanged && ours.GetValueOrDefault(name) != kind)
                differences.Add($"{command} {name}: {ours.GetValueOrDefault(name)}, theirs {kind}");
        }
    }

    /// <summary>"F.2.0.0.pxname.1:KNS:str:web" under "F 2 0 pxname": the first three tags, the type. 3.5 has one tag more.</summary>
    private static Dictionary<string, string> Typed(string answer)
    {
        Dictionary<string, string> values = [];
        foreach (string line in answer.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(':');
            string[] place = parts[0].Split('.');
            string name = place.Length > 4 ? $"{place[0]} {place[1]} {place[2]} {place[4]}" : place[1];
            values[name] = $"{parts[1][..3]} {parts[2]}";
        }

        return values;
    }

    private static Dictionary<string, string> Json(string answer)
    {
        Dictionary<string, string> values = [];
        using JsonDocument json = JsonDocument.Parse(answer);
        foreach (JsonElement outer in json.RootElement.EnumerateArray())
        {
            foreach (JsonElement item in outer.ValueKind == JsonValueKind.Array ? [.. outer.EnumerateArray()] : (JsonElement[])[outer])
            {
                string name = item.GetProperty("field").GetProperty("name").GetString()!;
                if (item.TryGetProperty("objType", out JsonElement kind))
                    name = $"{kind.GetString()} {item.GetProperty("proxyId")} {item.GetProperty("id")} {name}";
                values[name] = $"{string.Join(' ', item.EnumerateObject().Select(static one => one.Name))} {item.GetProperty("processNum")} "
                    + $"{item.GetProperty("tags")} {item.GetProperty("value").GetProperty("type")}";
            }
        }

        return values;
    }
}

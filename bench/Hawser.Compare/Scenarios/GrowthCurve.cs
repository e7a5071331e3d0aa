using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Hawser.Compare.Load;

namespace Hawser.Compare.Scenarios;

/// <summary>A quantity that grows while the work stays the same: keep-alive requests of 37 bytes.</summary>
/// <param name="Name">As the table and the plot call it.</param>
/// <param name="Points">The quantity's values.</param>
internal sealed record GrowthCurve(string Name, ImmutableArray<int> Points)
{
    private const int Connections = 64;

    public static readonly ImmutableArray<GrowthCurve> All =
    [
        new("curve: connections", [64, 512, 2000, 8000]),
        new("curve: threads", [1, 2]),
        new("curve: backends", [1, 100, 1000, 10_000]),
        new("curve: patterns of an ACL, exact", [10, 1000, 100_000, 1_000_000]),
        new("curve: patterns of a map, addresses", [10, 1000, 100_000, 1_000_000]),
    ];

    public int ConnectionsAt(int value) => Name.EndsWith("connections", System.StringComparison.Ordinal) ? value : Connections;

    public int ThreadsAt(int value) => Name.EndsWith("threads", System.StringComparison.Ordinal) ? value : 1;

    /// <summary>The proxy's lines, and those of sections behind it.</summary>
    /// <param name="directory">For files that the lines name.</param>
    public (IEnumerable<string> Lines, string Behind) At(int value, string directory)
    {
        string file = Path.Combine(directory, $"{value}.list");
        switch (Name)
        {
            case "curve: backends":
                IEnumerable<string> sections = Enumerable.Range(0, value - 1)
                    .Select(static number => $"backend b{number}\n  mode http\n  timeout connect 5s\n  timeout server 60s\n  server s 127.0.0.1:{1 + number % 60_000}\n");
                return (["http-reuse always", "use_backend %[req.hdr(x-backend)] if { req.hdr(x-backend) -m found }"], string.Concat(sections));
            case "curve: patterns of an ACL, exact":
                File.WriteAllLines(file, Enumerable.Range(0, value).Select(static number => $"/path/of/pattern/{number}"));
                return (["http-reuse always", $"http-request deny if {{ path -f {file} }}"], "");
            case "curve: patterns of a map, addresses":
                File.WriteAllLines(file, Enumerable.Range(0, value).Select(static number =>
                    $"{11 + number / 65_536}.{number / 256 % 256}.{number % 256}.0/24 value{number % 100}"));
                return (["http-reuse always", $"http-request set-header x-map %[src,map_ip({file},none)]"], "");
            default:
                return (["http-reuse always"], "");
        }
    }

    public string RequestPath => NginxOrigin.Small;
}

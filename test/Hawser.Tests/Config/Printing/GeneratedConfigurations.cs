using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Config.Binding;

namespace Hawser.Tests.Config.Printing;

/// <summary>
/// Configurations put together at random: sections with lines of the corpus that the reader accepts alone, so that the
/// generator knows each keyword that the corpus knows. Two lines may contradict one another: not each has a model.
/// </summary>
internal static class GeneratedConfigurations
{
    private const string Place = " // ";

    private static readonly string[] s_presets = ["", "", "from none", "from be:", "from srv:t", "from srv:s1"];

    private static readonly string[] s_global = Lines("global-keywords.txt");
    private static readonly string[] s_defaults = Lines("defaults-keywords.txt");
    private static readonly string[] s_frontend = Lines("frontend-keywords.txt");
    private static readonly string[] s_backend = Lines("backend-keywords.txt");
    private static readonly string[] s_listen = Lines("listen-tcp-keywords.txt");
    private static readonly string[] s_bind = Lines("bind-keywords.txt");
    private static readonly string[] s_server = Lines("server-keywords.txt");

    public static Gen<string> Text { get; } =
        from global in Some(s_global, 4)
        from defaults in Some(s_defaults, 5)
        from named in Some(s_defaults, 4)
        from frontend in Some(s_frontend, 5)
        from binds in Some(s_bind, 3)
        from backend in Some(s_backend, 5)
        from servers in Servers()
        from listen in Some(s_listen, 5)
        from moreServers in Servers()
        from mode in Gen.Int[0, 1].Select(static number => number == 0 ? "tcp" : "http")
        from parent in Gen.Int[0, 1].Select(static number => number == 0 ? "" : " from d")
        select Join(mode, parent, global, defaults, named, frontend, binds, backend, servers, listen, moreServers);

    private static string Join(
        string mode, string parent, string[] global, string[] defaults, string[] named, string[] frontend, string[] binds,
        string[] backend, string[] servers, string[] listen, string[] moreServers)
    {
        StringBuilder text = new();
        Section(text, "global", global);
        Section(text, "defaults d", [$"mode {mode}", "timeout client 1s", "timeout connect 1s", "timeout server 1s", .. named]);
        Section(text, "defaults", [$"mode {mode}", "timeout client 2s", "timeout connect 2s", "timeout server 2s", .. defaults]);
        Section(text, $"frontend f{parent}", [.. binds.Select(static (options, index) => $"bind 127.0.0.1:{10 + index} {options}"), .. frontend]);
        Section(text, $"backend b{parent}", [.. backend, .. servers]);
        Section(text, $"listen l{parent}", [.. listen, .. moreServers]);
        return text.ToString();
    }

    private static void Section(StringBuilder text, string header, IEnumerable<string> lines)
    {
        text.Append(header).Append('\n');
        foreach (string line in lines) text.Append("  ").Append(line).Append('\n');
    }

    /// <summary>Server and default-server lines, some of which name one another.</summary>
    private static Gen<string[]> Servers() =>
        from usual in Some(s_server, 2)
        from named in Some(s_server, 2)
        from own in Some(s_server, 4)
        from presets in Gen.Int[0, s_presets.Length - 1].Select(static number => s_presets[number]).Array[own.Length]
        select (string[])
        [
            .. usual.Select(static options => $"default-server {options}"),
            .. named.Select(static options => $"default-server name t {options}"),
            "server s1 127.0.0.1:1",
            .. own.Select((options, index) => $"server s{index + 2} 127.0.0.1:{index + 2} {presets[index]} {options}"),
        ];

    private static Gen<string[]> Some(string[] lines, int most) => Gen.Int[0, lines.Length - 1].Array[0, most].Select(
        numbers => numbers.Distinct().Select(number => lines[number]).ToArray());

    /// <summary>What stands behind the bar in each case that has a model.</summary>
    private static string[] Lines(string file) =>
    [
        .. CorpusFile.Read(file).Where(static item => HasModel(item.Configuration))
            .Select(static item => item.Line[(item.Line.IndexOf('|', StringComparison.Ordinal) + 1)..].Trim())
            .Where(static line => !line.Contains(Place, StringComparison.Ordinal)),
    ];

    private static bool HasModel(string text) =>
        ConfigurationReader.Read([new ConfigurationSource("test.cfg", Encoding.UTF8.GetBytes(text))], new ConfigurationEnvironment()).Model is not null;
}

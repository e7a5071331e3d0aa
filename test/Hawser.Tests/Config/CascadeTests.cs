using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Xunit;

namespace Hawser.Tests.Config;

/// <summary>One mistake, one message: what follows from it elsewhere is not reported as well.</summary>
public sealed class CascadeTests
{
    private const string Valid = """
        global
            maxconn 1000
            log 127.0.0.1:514 local0
        defaults base
            mode tcp
            log global
            option tcplog
            timeout connect 5s
            timeout client 30s
            timeout server 30s
            retries 2
            option redispatch
        frontend web from base
            bind 127.0.0.1:8080 name one
            maxconn 500
            default_backend farm
        frontend second from base
            bind :8081
            use_backend spare
        backend farm from base
            balance leastconn
            default-server inter 2s rise 2
            server one 192.0.2.1:80 check weight 10
            server two 192.0.2.2:80 track spare/three
        backend spare from base
            server three 192.0.2.3:80 check
        listen both from base
            bind :8082
            server four 192.0.2.4:80 source 192.0.2.9

        """;

    private static readonly string[] s_openers = ["global", "defaults", "frontend", "backend", "listen"];

    [Fact]
    public void The_original_has_no_findings() => Assert.Empty(Findings(Valid));

    /// <summary>Places are 'line:word' of the word that was spoilt.</summary>
    [Theory]
    [InlineData("a letter too many", "z")]
    [InlineData("an open quote", "\"")]
    [InlineData("a character that is nowhere allowed", "\u20ac")]
    public void A_word_that_is_spoilt_gives_one_message_at_most(string kind, string tail)
    {
        List<string> cascades = [];
        foreach ((string place, string text) in Spoil(word => word + tail))
        {
            string[] findings = Findings(text);
            if (findings.Length > 1) cascades.Add($"{kind} at {place}:\n  {string.Join("\n  ", findings)}");
        }
        Assert.True(cascades.Count == 0, string.Join('\n', cascades));
    }

    [Fact]
    public void A_word_that_is_missing_gives_one_message_at_most()
    {
        List<string> cascades = [];
        foreach ((string place, string text) in Spoil(static _ => ""))
        {
            // Without it the next word begins the line, or the line above goes on: other lines that say something else.
            if (s_openers.Contains(place.Split('\'')[1]) || place == "10:'timeout'") continue;
            string[] findings = Findings(text);
            if (findings.Length > 1 && text.IndexOf("\n     global", StringComparison.Ordinal) < 0) cascades.Add($"without {place}:\n  {string.Join("\n  ", findings)}");
        }
        Assert.True(cascades.Count == 0, string.Join('\n', cascades));
    }

    private static IEnumerable<(string Place, string Text)> Spoil(Func<string, string> spoil)
    {
        string[] lines = Valid.Split('\n');
        for (int line = 0; line < lines.Length; line++)
        {
            string[] words = lines[line].Split(' ');
            for (int word = 0; word < words.Length; word++)
            {
                if (words[word].Length == 0) continue;
                string[] spoilt = [.. words];
                spoilt[word] = spoil(words[word]);
                string[] changed = [.. lines];
                changed[line] = string.Join(' ', spoilt);
                yield return ($"{line + 1}:'{words[word]}'", string.Join('\n', changed));
            }
        }
    }

    private static string[] Findings(string text) =>
        [.. ConfigurationReader.Read([new ConfigurationSource("test.cfg", Encoding.UTF8.GetBytes(text))], new ConfigurationEnvironment())
            .Diagnostics.Where(static item => item.Severity >= Severity.Warning)
            .Select(static item => $"{item.Severity} {item.Code} {item.Origin.Line}:{item.Origin.Column} {item.Message.Split('\n')[0]}")];
}

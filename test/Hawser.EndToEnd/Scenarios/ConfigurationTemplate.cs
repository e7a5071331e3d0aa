using System;
using System.Text;

namespace Hawser.EndToEnd.Scenarios;

/// <summary>
/// Fills in `{kind:name}`: `bind` a port for the proxy, `range` three of them, `sources` three that nobody binds, `server` a listening server's port, `refused` a port that
/// refuses, `blackhole` one that never answers a SYN, `unix` a listening unix socket's path, `path` a file name in
/// the scenario's folder, `folder` one made there, `log` the syslog receiver's port, or with a name the path of a datagram
/// socket of its own.
/// </summary>
public static class ConfigurationTemplate
{
    public static string Fill(string template, Func<string, string, string> resolve)
    {
        StringBuilder text = new();
        int at = 0;
        while (true)
        {
            int open = NextPlace(template, at);
            if (open < 0)
                return text.Append(template, at, template.Length - at).ToString();
            int close = template.IndexOf('}', open);
            string inner = template[(open + 1)..close];
            text.Append(template, at, open - at);
            int colon = inner.IndexOf(':', StringComparison.Ordinal);
            string value = colon < 0 ? resolve(inner, "") : resolve(inner[..colon], inner[(colon + 1)..]);
            text.Append(value);
            at = close + 1;
        }
    }

    /// <summary>A place begins with a letter; the braces of a log-format flag (`%{+Q}`) are left alone.</summary>
    private static int NextPlace(string template, int at)
    {
        for (int open = template.IndexOf('{', at); open >= 0; open = template.IndexOf('{', open + 1))
        {
            if (open + 1 < template.Length && char.IsAsciiLetterLower(template[open + 1]))
                return open;
        }

        return -1;
    }
}

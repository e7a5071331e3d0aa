using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Hawser.EndToEnd.Http;

/// <summary>
/// One configuration and the requests of one connection to it. Cases stand in Configurations/http/*.txt:
/// <c>[name]</c>, then lines that begin with g (global), f (frontend), b (backend), x (sections behind them), "&lt;" (the
/// response of the origin, escaped), "&gt;" (a request, escaped), "-" (so many requests have no log line) and "!" (the client
/// closes its side behind the last request).
/// </summary>
public sealed class RuleCase(string name)
{
    public string Name { get; } = name;

    public List<string> Frontend { get; } = [];

    public List<string> Backend { get; } = [];

    public List<string> Sections { get; } = [];

    public List<byte[]> Requests { get; } = [];

    public byte[] Response { get; private set; } = "HTTP/1.1 200 OK\r\nServer: origin\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray();

    public int Unlogged { get; private set; }

    /// <summary>The client closes its side behind its last request.</summary>
    public bool Closes { get; private set; }

    public static List<RuleCase> Read(string path, string folder)
    {
        List<RuleCase> cases = [];
        foreach (string line in File.ReadLines(path))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[')
            {
                cases.Add(new RuleCase(line[1..^1]));
                continue;
            }

            RuleCase current = cases[^1];
            string rest = line.Length > 2 ? line[2..].Replace("{dir}", folder, StringComparison.Ordinal) : "";
            switch (line[0])
            {
                case 'f': current.Frontend.Add(rest); break;
                case 'b': current.Backend.Add(rest); break;
                case 'x': current.Sections.Add(rest); break;
                case '<': current.Response = Unescape(rest); break;
                case '>': current.Requests.Add(Unescape(rest)); break;
                case '!': current.Closes = true; break;
                case '-': current.Unlogged = int.Parse(rest, System.Globalization.CultureInfo.InvariantCulture); break;
                default: throw new FormatException($"{path}: {line}");
            }
        }

        return cases;
    }

    private static byte[] Unescape(string text) => Encoding.Latin1.GetBytes(text
        .Replace("\\r", "\r", StringComparison.Ordinal)
        .Replace("\\n", "\n", StringComparison.Ordinal)
        .Replace("\\t", "\t", StringComparison.Ordinal)
        .Replace("\\x01", "\u0001", StringComparison.Ordinal));
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Hawser.EndToEnd.Http;

/// <summary>A configuration of its own and the connections to it; the files in Configurations/http explain themselves.</summary>
internal sealed class PairCase(string name)
{
    public string Name { get; } = name;

    public string Configuration { get; private set; } = "";

    /// <summary>Empty: the usual one.</summary>
    public string Response { get; private set; } = "";

    public List<List<string>> Connections { get; } = [];

    /// <summary>What was recorded of a server; empty where an installed haproxy is asked.</summary>
    public List<string> Recorded { get; } = [];

    public static List<PairCase> Read(string path)
    {
        List<PairCase> cases = [];
        StringBuilder text = new();
        Action<string> finish = static _ => { };
        foreach (string line in File.ReadLines(path, Encoding.Latin1))
        {
            bool isCase = line.StartsWith("### ", StringComparison.Ordinal);
            bool isMessage = line.StartsWith("--- ", StringComparison.Ordinal);
            if (!isCase && !isMessage)
            {
                if (cases.Count > 0) text.Append(line).Append('\n');
                continue;
            }

            finish(text.ToString());
            text.Clear();
            if (isCase)
            {
                PairCase added = new(line[4..]);
                cases.Add(added);
                finish = written => added.Configuration = written;
                continue;
            }

            PairCase current = cases[^1];
            switch (line[4..])
            {
                case "response": finish = written => current.Response = Message(written); break;
                case "server": finish = written => current.Recorded.Add(Message(written)); break;
                case "again": finish = written => current.Connections[^1].Add(Message(written)); break;
                default: finish = written => current.Connections.Add([Message(written)]); break;
            }
        }

        finish(text.ToString());
        return cases;
    }

    /// <summary>Line ends are CR LF; behind the empty line is the body.</summary>
    private static string Message(string written)
    {
        written = written.Replace("\\x09", "\t", StringComparison.Ordinal);
        string[] parts = written.TrimEnd('\n').Split("\n\n", 2);
        return parts[0].Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n" + (parts.Length > 1 ? parts[1] : "");
    }
}

using System;
using System.Collections.Generic;
using System.IO;

namespace Hawser.Tests.Proxy.Balancing;

/// <summary>One recording of Vectors/*.txt; the files explain their words.</summary>
internal sealed record HaproxyVector(string File, int Line, string Balance, List<string> Servers, List<string> Steps)
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Proxy", "Balancing", "Vectors");

    public static IEnumerable<HaproxyVector> Read(string file)
    {
        HaproxyVector? vector = null;
        int line = 0;
        foreach (string text in System.IO.File.ReadLines(Path.Combine(Folder, file)))
        {
            line++;
            if (text.StartsWith("vector ", StringComparison.Ordinal))
            {
                if (vector is not null)
                    yield return vector;
                vector = new HaproxyVector(file, line, text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..], [], []);
            }
            else if (text.StartsWith("server ", StringComparison.Ordinal))
            {
                vector!.Servers.Add(text["server ".Length..]);
            }
            else if (text.Length > 0 && text[0] != '#')
            {
                vector!.Steps.Add(text);
            }
        }

        if (vector is not null)
            yield return vector;
    }
}

using System;
using System.IO;
using System.Linq;
using System.Threading;

namespace Hawser.EndToEnd.Comparison;

/// <summary>
/// xunit 2 has no skip at run time. A test whose peer is not installed says so here by name and returns; the
/// runner prints the file named by HAWSER_SKIPPED.
/// </summary>
public static class Skipped
{
    private static readonly Lock Gate = new();

    public static bool Because(string test, params (string Program, string? Path)[] needs)
    {
        string[] missing = [.. needs.Where(n => n.Path is null).Select(n => n.Program)];
        if (missing.Length == 0)
            return false;
        string line = $"skipped: {test}: {string.Join(", ", missing)} not found";
        Console.WriteLine(line);
        if (Environment.GetEnvironmentVariable("HAWSER_SKIPPED") is { Length: > 0 } file)
        {
            lock (Gate)
                File.AppendAllText(file, line + "\n");
        }

        return true;
    }
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Hawser.Compare.Load;

/// <summary>As many requests as the connections carry: each sends the next one when it has its answer.</summary>
internal static class Wrk
{
    /// <exception cref="InvalidOperationException">Something was not answered as it should.</exception>
    public static HttpLoad Take(IPEndPoint address, string path, int connections, TimeSpan length)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling(length.TotalSeconds));
        ProcessStartInfo start = new("wrk",
        [
            "-t1", $"-c{connections}", $"-d{seconds}s", "--latency", "-H", "X-Secret: 1", "-H", "User-Agent: wrk",
            $"http://{address}{path}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0 || text.Contains("Non-2xx", StringComparison.Ordinal))
            throw new InvalidOperationException($"wrk: {text}");
        HttpLoad run = default;
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["Socket", "errors:", "connect", var connect, "read", var read, ..] && (connect != "0," || read != "0,"))
                throw new InvalidOperationException($"wrk: {line.Trim()}");
            if (words is ["50%", var p50]) run = run with { P50 = Milliseconds(p50) };
            else if (words is ["99%", var p99]) run = run with { P99 = Milliseconds(p99) };
            else if (words is [var count, "requests", "in", var time, ..])
                run = run with { Requests = long.Parse(count, CultureInfo.InvariantCulture), Seconds = Milliseconds(time.TrimEnd(',')) / 1000 };
        }

        return run.Requests > 0 ? run : throw new InvalidOperationException("wrk: no request was answered");
    }

    private static double Milliseconds(string text)
    {
        (string unit, double factor) = text switch
        {
            _ when text.EndsWith("us", StringComparison.Ordinal) => ("us", 0.001),
            _ when text.EndsWith("ms", StringComparison.Ordinal) => ("ms", 1),
            _ when text.EndsWith('m') => ("m", 60_000),
            _ => ("s", 1000),
        };
        return double.Parse(text.AsSpan(0, text.Length - unit.Length), CultureInfo.InvariantCulture) * factor;
    }
}

using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;

namespace Hawser.Compare.Load;

/// <summary>So many requests in a second, whoever answers them: what tail latency is compared at.</summary>
internal static class H2load
{
    /// <param name="perSecond">Of all connections together.</param>
    /// <exception cref="InvalidOperationException">Something was not answered as it should.</exception>
    public static HttpLoad Take(IPEndPoint address, string path, int connections, int perSecond, TimeSpan length)
    {
        int seconds = Math.Max(1, (int)Math.Ceiling(length.TotalSeconds));
        string log = Path.GetTempFileName();
        ProcessStartInfo start = new("h2load",
        [
            "--h1", $"-c{connections}", $"--rps={perSecond / connections}", $"-D{seconds}", $"--log-file={log}",
            "-H", "X-Secret: 1", $"http://{address}{path}",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        // A line for each request: when it began, its status, and its time in microseconds.
        string[][] requests = [.. File.ReadLines(log).Select(static line => line.Split('\t'))];
        File.Delete(log);
        if (process.ExitCode != 0 || requests.Length == 0 || requests.Any(static request => request[1][0] is not ('2' or '3')))
            throw new InvalidOperationException($"h2load: {text}");
        double[] milliseconds = [.. requests.Select(static request => long.Parse(request[2], CultureInfo.InvariantCulture) / 1000.0).Order()];
        return new HttpLoad(requests.Length, seconds, milliseconds[milliseconds.Length / 2], milliseconds[milliseconds.Length * 99 / 100]);
    }
}

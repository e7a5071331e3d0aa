using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Hawser.Compare.Load;
using Hawser.Compare.Proxies;

namespace Hawser.Compare.Measurement;

/// <summary>How many system calls a proxy makes for a request, counted by strace while wrk runs.</summary>
internal static class SystemCalls
{
    private static readonly TimeSpan s_attaching = TimeSpan.FromSeconds(0.5);

    public static double PerRequest(RunningProxy proxy, string path, int connections, TimeSpan length)
    {
        string file = Path.GetTempFileName();
        using Process strace = Process.Start(new ProcessStartInfo(
            "strace", ["-c", "-f", "-o", file, "-p", proxy.ProcessId.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardError = true,
        })!;
        Thread.Sleep(s_attaching);
        HttpLoad load = Wrk.Take(proxy.Address, path, connections, length);
        using (Process kill = Process.Start("kill", ["-INT", strace.Id.ToString(CultureInfo.InvariantCulture)])) kill.WaitForExit();
        strace.WaitForExit();
        string total = File.ReadLines(file).Last(static line => line.EndsWith("total", StringComparison.Ordinal));
        File.Delete(file);
        long calls = long.Parse(total.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3], CultureInfo.InvariantCulture);
        return calls / (double)load.Requests;
    }
}

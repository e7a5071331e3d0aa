using System;
using System.Globalization;
using System.IO;

namespace Hawser.Compare.Measurement;

/// <summary>CPU time a process has used so far.</summary>
/// <param name="Total">Nanoseconds, from the scheduler (<c>/proc/PID/task/*/schedstat</c>).</param>
/// <param name="UserTicks">From <c>/proc/PID/stat</c>; only its share of the ticks is used.</param>
/// <param name="SystemTicks">Likewise.</param>
internal readonly record struct ProcessCpu(long Total, long UserTicks, long SystemTicks)
{
    /// <summary>Field numbers of proc(5), from the one after the parenthesised name (the third).</summary>
    private const int UserTimeField = 14 - 3;
    private const int SystemTimeField = 15 - 3;

    public static ProcessCpu Read(int process)
    {
        long total = 0;
        foreach (string task in Directory.GetDirectories($"/proc/{process}/task"))
            total += Number(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0]);
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new ProcessCpu(total, Number(fields[UserTimeField]), Number(fields[SystemTimeField]));
    }

    private static long Number(string text) => long.Parse(text.AsSpan().Trim(), CultureInfo.InvariantCulture);
}

using System;
using System.IO;
using System.Linq;

namespace Hawser.EndToEnd.Proxies;

/// <summary>What /proc says of a running process.</summary>
public static class ProcessFacts
{
    private const int TicksPerSecond = 100;

    public static int Descriptors(int pid) => Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length;

    public static long ResidentBytes(int pid) => 1024 * long.Parse(File.ReadLines($"/proc/{pid}/status")
        .Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]);

    /// <summary>User and system time so far (proc(5), fields 14 and 15 of stat).</summary>
    public static TimeSpan CpuTime(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((double)(long.Parse(fields[11]) + long.Parse(fields[12])) / TicksPerSecond);
    }
}

using System;
using System.Globalization;
using System.IO;

namespace Hawser.Control.Processes;

/// <summary>How long this process has been there, the runtime's own start included: the kernel tells it to ten milliseconds.</summary>
public static class ProcessAge
{
    /// <summary>Of "starttime" in /proc/self/stat, behind the name in parentheses (proc(5)).</summary>
    private const int StartTimePlace = 19;

    private const int TicksPerSecond = 100;

    /// <summary>0 when the kernel does not tell.</summary>
    public static int Milliseconds()
    {
        try
        {
            string stat = File.ReadAllText("/proc/self/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            double started = double.Parse(fields[StartTimePlace], CultureInfo.InvariantCulture) / TicksPerSecond;
            double up = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
            return (int)Math.Clamp((up - started) * 1000, 0, int.MaxValue);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return 0;
        }
    }
}

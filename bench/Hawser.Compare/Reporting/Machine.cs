using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Hawser.Compare.Reporting;

/// <summary>What a result was measured on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        string[] models = [.. File.ReadLines("/proc/cpuinfo").Where(static line => line.StartsWith("model name"))];
        string model = models.Length > 0 ? models[0].Split(':')[1].Trim() : RuntimeInformation.ProcessArchitecture.ToString();
        string kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return $"{model}, {models.Length} cores, Linux {kernel}";
    }

    /// <summary>One, five and fifteen minutes: what else was running.</summary>
    public static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);
}

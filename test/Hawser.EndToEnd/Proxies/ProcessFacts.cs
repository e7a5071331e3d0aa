using System;
using System.IO;
using System.Linq;

namespace Hawser.EndToEnd.Proxies;

/// <summary>What /proc says of a running process.</summary>
public static class ProcessFacts
{
    public static int Descriptors(int pid) => DescriptorNumbers(pid).Length;

    public static int[] DescriptorNumbers(int pid) =>
        [.. Directory.GetFileSystemEntries($"/proc/{pid}/fd").Select(entry => int.Parse(Path.GetFileName(entry)))];

    public static long ResidentBytes(int pid) => 1024 * long.Parse(File.ReadLines($"/proc/{pid}/status")
        .Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]);

    /// <summary>
    /// How often its threads went to sleep so far when all of them are asleep, null when one is not (proc(5)). The same
    /// number twice says that nothing woke any of them in between. 0 for a process that has ended.
    /// </summary>
    public static long? Sleeps(int pid)
    {
        try
        {
            long sleeps = 0;
            foreach (string thread in Directory.GetDirectories($"/proc/{pid}/task"))
            {
                string[] status = File.ReadAllLines(Path.Combine(thread, "status"));
                if (!Field(status, "State:").StartsWith('S'))
                    return Field(status, "State:").StartsWith('Z') ? 0 : null;
                sleeps += long.Parse(Field(status, "voluntary_ctxt_switches:"));
            }

            return sleeps;
        }
        catch (IOException)
        {
            // The thread has ended between two looks; for a process that has ended there is no directory any more.
            return Directory.Exists($"/proc/{pid}") ? null : 0;
        }
    }

    private static string Field(string[] status, string name) =>
        status.Single(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
}

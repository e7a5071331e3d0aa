using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using Hawser.Control.Processes;
using Hawser.Io.Interop;

namespace Hawser.Commands;

/// <summary>
/// <c>-dc</c>: which of the system's CPUs this process may run on, and the threads that share them. Threads are bound to
/// none: the kernel places them.
/// </summary>
internal static unsafe class ProcessorList
{
    private const string PresentFile = "/sys/devices/system/cpu/possible";
    private const int SetBytes = 1024;

    public static void Print(int threads)
    {
        byte* set = stackalloc byte[SetBytes];
        NativeMemory.Clear(set, SetBytes);
        _ = LibcProcess.sched_getaffinity(0, SetBytes, set);
        int last = File.Exists(PresentFile) ? LastOf(File.ReadAllText(PresentFile).Trim()) : 0;
        ProcessMessages.WriteAll(StandardStreams.Output, Render(new System.ReadOnlySpan<byte>(set, SetBytes), last, threads));
    }

    /// <param name="allowed">One bit for each CPU.</param>
    /// <param name="last">The highest CPU number.</param>
    public static string Render(System.ReadOnlySpan<byte> allowed, int last, int threads)
    {
        StringBuilder text = new();
        int kept = 0;
        for (int cpu = 0; cpu <= last && cpu < allowed.Length * 8; cpu++)
        {
            bool isKept = (allowed[cpu / 8] >> (cpu % 8) & 1) != 0;
            kept += isKept ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"[{(isKept ? "keep" : "drop")}] cpu={cpu,3}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"Thread CPU Bindings:\n  Tgrp/Thr  CPU set\n  1/1-{threads}     {kept}: not bound\n");
        return text.ToString();
    }

    /// <summary>Of a list like <c>0-3,6</c>.</summary>
    private static int LastOf(string list) =>
        int.TryParse(list[(list.LastIndexOfAny([',', '-']) + 1)..], CultureInfo.InvariantCulture, out int last) ? last : 0;
}

using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Hawser.CommandLine;

/// <summary>
/// The texts of <c>-v</c> and <c>-vv</c>. Scripts take the line with "HAProxy version" (third word) and the one with
/// "TARGET" from them: each occurs once, in this order.
/// </summary>
internal static class VersionText
{
    public static string Short() =>
        $"HAProxy version {ProductVersion.Full} {ProductVersion.ReleaseDate} - Hawser {ProductVersion.Own}, "
        + $"which reads the configuration of HAProxy {ProductVersion.CompatibleBranch}\n"
        + $"Running on: {RunningOn()}\n";

    public static string Long()
    {
        StringBuilder text = new(Short());
        text.Append("Build options :\n");
        text.Append("  TARGET  = linux-glibc\n");
        text.Append("  RUNTIME = ").Append(RuntimeInformation.FrameworkDescription)
            .Append(IsNative ? ", native code\n" : ", JIT\n");
        text.Append("\nFeature list :");
        foreach ((string name, bool isOn) in Features.List) text.Append(isOn ? " +" : " -").Append(name);
        text.Append("\n\nDefault settings :\n  bufsize = 16384, maxrewrite = 1024, maxpollevents = 200\n");
        text.Append("\nBuilt with multi-threading support (default=").Append(System.Environment.ProcessorCount).Append(").\n");
        text.Append("\nAvailable polling systems :\n      epoll : pref=300,  test result OK\n");
        text.Append("Total: 1 (1 usable), will use epoll.\n");
        text.Append("\nAvailable multiplexer protocols :\n");
        text.Append("(protocols marked as <default> cannot be specified using 'proto' keyword)\n");
        text.Append("  <default> : mode=TCP   side=FE|BE  mux=PASS  flags=\n");
        return text.Append('\n').ToString();
    }

    private static bool IsNative => !System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported;

    private static string RunningOn()
    {
        List<string> words = ["Linux"];
        foreach (string path in (string[])["/proc/sys/kernel/osrelease", "/proc/sys/kernel/version", "/proc/sys/kernel/arch"])
        {
            if (File.Exists(path)) words.Add(File.ReadAllText(path).Trim());
        }
        return string.Join(' ', words);
    }
}

using System.Runtime.InteropServices;

namespace Hawser.EndToEnd.Proxies;

public static partial class UnixSignals
{
    public static void Send(int pid, UnixSignal signal) => kill(pid, (int)signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);
}

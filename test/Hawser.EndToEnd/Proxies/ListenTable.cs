using System;
using System.IO;

namespace Hawser.EndToEnd.Proxies;

/// <summary>Which ports are listened on, read from the kernel's table: a probing connection would be logged.</summary>
public static class ListenTable
{
    public static bool Listens(int port) => Has("/proc/net/tcp", port) || Has("/proc/net/tcp6", port);

    private static bool Has(string file, int port)
    {
        string suffix = $":{port:X4} ";
        foreach (string line in File.ReadLines(file))
        {
            int local = line.IndexOf(suffix, StringComparison.Ordinal);
            // Local address comes first; state 0A (LISTEN) is the fourth column, after the remote address.
            if (local > 0 && local < line.IndexOf(" 0A ", StringComparison.Ordinal) - 10)
                return true;
        }

        return false;
    }
}

using System.Diagnostics;

namespace Hawser.Compare.Proxies;

/// <summary>A program that takes an haproxy.cfg.</summary>
/// <param name="Name">As the table's columns call it.</param>
/// <param name="Version">First line of <c>-v</c>.</param>
internal sealed record ProxyProgram(string Name, string Path, string Version, bool IsHawser)
{
    public static ProxyProgram Hawser(string path) => new("hawser", path, VersionOf(path), IsHawser: true);

    public static ProxyProgram Haproxy(string path)
    {
        string version = VersionOf(path);
        string[] words = version.Split(' ');
        string number = words.Length > 2 ? words[2].Split('-')[0] : path;
        return new ProxyProgram($"haproxy {number}", path, version, IsHawser: false);
    }

    private static string VersionOf(string path)
    {
        ProcessStartInfo start = new(path, ["-v"]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n')[0].Trim();
    }
}

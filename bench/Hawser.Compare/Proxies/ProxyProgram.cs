using System;
using System.Diagnostics;

namespace Hawser.Compare.Proxies;

/// <summary>A proxy to measure.</summary>
/// <param name="Name">As the table's columns call it.</param>
/// <param name="Version">As it says itself.</param>
internal sealed record ProxyProgram(string Name, string Path, string Version, ProxyKind Kind)
{
    public bool IsHawser => Kind == ProxyKind.Hawser;

    /// <summary>Reads an haproxy.cfg.</summary>
    public bool TakesHaproxyFiles => Kind is ProxyKind.Hawser or ProxyKind.Haproxy;

    public static ProxyProgram Hawser(string path) => new("hawser", path, FirstLine(path, "-v"), ProxyKind.Hawser);

    public static ProxyProgram Haproxy(string path)
    {
        string version = FirstLine(path, "-v");
        string[] words = version.Split(' ');
        string number = words.Length > 2 ? words[2].Split('-')[0] : path;
        return new ProxyProgram($"haproxy {number}", path, version, ProxyKind.Haproxy);
    }

    public static ProxyProgram Nginx(string path) => new("nginx", path, FirstLine(path, "-v"), ProxyKind.Nginx);

    public static ProxyProgram Yarp(string assembly) =>
        new("yarp", assembly, $"YARP on .NET {Environment.Version}", ProxyKind.Yarp);

    /// <summary>The command that runs it in the foreground with a configuration file.</summary>
    public string[] Command(string file) => Kind switch
    {
        ProxyKind.Nginx => [Path, "-c", file],
        ProxyKind.Yarp => ["dotnet", "exec", Path, file],
        _ => [Path, "-db", "-f", file],
    };

    private static string FirstLine(string path, string argument)
    {
        ProcessStartInfo start = new(path, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        // nginx says it on the other stream.
        string text = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n')[0].Trim();
    }
}

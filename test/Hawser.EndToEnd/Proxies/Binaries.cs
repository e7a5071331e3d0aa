using System;
using System.IO;
using System.Linq;

namespace Hawser.EndToEnd.Proxies;

/// <summary>Where the two programs are: ours (published AOT binary) and the oracle, or null.</summary>
public static class Binaries
{
    /// <summary>The environment variable HAWSER, or what `dotnet publish` left in this repository.</summary>
    public static string? Hawser { get; } = Environment.GetEnvironmentVariable("HAWSER") is { Length: > 0 } path
        ? path
        : Published();

    public static string? Haproxy { get; } = Environment.GetEnvironmentVariable("HAPROXY") is { Length: > 0 } path
        ? path
        : InPath("haproxy");

    public static string? InPath(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/usr/local/sbin".Split(':')
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static string? Published()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string publish = Path.Combine(folder.FullName, "artifacts", "publish", "Hawser");
            if (Directory.Exists(publish))
            {
                return Directory.EnumerateDirectories(publish, "release*")
                    .Select(variant => Path.Combine(variant, "hawser"))
                    .FirstOrDefault(File.Exists);
            }
        }

        return null;
    }
}

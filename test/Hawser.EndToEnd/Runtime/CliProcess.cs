using System;
using System.IO;
using System.Threading.Tasks;
using Hawser.EndToEnd.Proxies;

namespace Hawser.EndToEnd.Runtime;

/// <summary>A proxy with a statistics socket, and its configuration in a folder of its own.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-cli-").FullName;

    /// <param name="configuration">What stands after the global section.</param>
    /// <param name="global">Further lines of the global section.</param>
    public CliProcess(string binary, string configuration, string global = "", string level = "admin")
    {
        string file = Path.Combine(_folder, "cfg");
        File.WriteAllText(file, $"global\n    stats socket {SocketPath} level {level} mode 600\n{global}\n{configuration}\n");
        Proxy = ProxyUnderTest.Start(binary, "-db", "-f", file);
    }

    public ProxyUnderTest Proxy { get; }

    public string SocketPath => Path.Combine(_folder, "sock");

    public Task<string> Ask(string text) => CliClient.Ask(SocketPath, text);

    public void Dispose()
    {
        Proxy.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

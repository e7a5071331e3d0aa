using System;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Faults;

/// <summary>Daemon mode: the starter returns when the service is ready or has failed, and says which.</summary>
public sealed class Daemon : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-e2e-").FullName;
    private readonly int _port = FreePort.Next();

    [Fact]
    public async Task The_starter_ends_with_0_once_the_daemon_listens_and_its_pid_is_in_the_file()
    {
        if (Skipped.Because(nameof(The_starter_ends_with_0_once_the_daemon_listens_and_its_pid_is_in_the_file),
            ("hawser", Binaries.Hawser)))
            return;
        string pidFile = Path.Combine(_folder, "pid");
        using ProxyUnderTest starter = ProxyUnderTest.Start(Binaries.Hawser!, "-D", "-p", pidFile, "-f", Configuration(_port));
        await Patience.Until(() => starter.HasExited, "the starter to return");
        int daemon = int.Parse((await File.ReadAllTextAsync(pidFile)).Trim());
        try
        {
            Assert.True(ListenTable.Listens(_port), "the daemon must listen before the starter returns");
            Assert.NotEqual(starter.Pid, daemon);
        }
        finally
        {
            UnixSignals.Send(daemon, UnixSignal.Terminate);
        }

        await Patience.Until(() => !ListenTable.Listens(_port), "the daemon to end");
        Assert.Equal(0, await starter.ExitStatus());
    }

    [Fact]
    public async Task The_starter_ends_with_1_when_the_daemon_cannot_bind()
    {
        if (Skipped.Because(nameof(The_starter_ends_with_1_when_the_daemon_cannot_bind), ("hawser", Binaries.Hawser)))
            return;
        using ListeningServer taken = new("taken", IPAddress.Loopback);
        using ProxyUnderTest starter = ProxyUnderTest.Start(Binaries.Hawser!, "-D", "-f", Configuration(taken.Port));
        Assert.Equal(1, await starter.ExitStatus());
        Assert.Contains("Address already in use", starter.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pid_file_that_cannot_be_written_is_named()
    {
        if (Skipped.Because(nameof(A_pid_file_that_cannot_be_written_is_named), ("hawser", Binaries.Hawser)))
            return;
        using ProxyUnderTest starter =
            ProxyUnderTest.Start(Binaries.Hawser!, "-D", "-p", "/nonexistent/pid", "-f", Configuration(_port));
        Assert.Equal(1, await starter.ExitStatus());
        Assert.Contains("Cannot create pidfile /nonexistent/pid", starter.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Configuration(int port)
    {
        string file = Path.Combine(_folder, "haproxy.cfg");
        File.WriteAllText(file, $"""
            defaults
                mode tcp
                timeout connect 1s
                timeout client 1s
                timeout server 1s
            listen test1
                bind 127.0.0.1:{port}
                server s1 127.0.0.1:1

            """);
        return file;
    }
}

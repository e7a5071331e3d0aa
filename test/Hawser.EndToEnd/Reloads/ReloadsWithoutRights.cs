using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Runtime;
using Xunit;

namespace Hawser.EndToEnd.Reloads;

/// <summary>
/// Reloads of a process that has gone into a chroot and become "nobody": what it may still read and bind counts, sockets
/// of the start stay, and a refusal names what is out of reach. Needs root.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class ReloadsWithoutRights : IDisposable
{
    private const string LostRoot = "[ALERT]    ({0}) : config : this process has the root directory '{1}' and the user 'nobody' since its start";
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-rights-").FullName;
    private readonly int _port = LowPort();

    public ReloadsWithoutRights()
    {
        File.SetUnixFileMode(_folder, Open);
        Directory.CreateDirectory(Jail + _folder);
    }

    private string Configuration => Path.Combine(_folder, "cfg");

    private string Cli => Path.Combine(_folder, "sock");

    private string Jail => Path.Combine(_folder, "jail");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_inside_the_chroot_is_read_and_privileged_ports_of_the_start_stay()
    {
        if (IsSkipped(nameof(A_file_inside_the_chroot_is_read_and_privileged_ports_of_the_start_stay)))
            return;
        using ProxyUnderTest proxy = await Start($"chroot {Jail}\n    user nobody");
        Write(Jail + Configuration, $"chroot {Jail}\n    user nobody", "two");
        string answer = await Ask("reload");
        Assert.StartsWith("Success=1\n", answer, StringComparison.Ordinal);
        Assert.Contains("x-by: two", await Get(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_outside_the_chroot_refuses_the_reload_by_its_name()
    {
        if (IsSkipped(nameof(A_file_outside_the_chroot_refuses_the_reload_by_its_name)))
            return;
        using ProxyUnderTest proxy = await Start($"chroot {Jail}\n    user nobody");
        foreach (string command in (string[])["plan", "reload"])
        {
            string answer = await Ask(command);
            Assert.Contains($"file/directory {Configuration} : No such file or directory\n", answer, StringComparison.Ordinal);
            Assert.Contains(string.Format(null, LostRoot, proxy.Pid, Jail), answer, StringComparison.Ordinal);
        }

        Assert.Contains("x-by: one", await Get(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_the_user_may_not_bind_refuses_the_reload_by_its_number()
    {
        if (IsSkipped(nameof(A_port_that_the_user_may_not_bind_refuses_the_reload_by_its_number)))
            return;
        using ProxyUnderTest proxy = await Start("user nobody");
        int second = LowPort();
        Write(Configuration, "user nobody", "two", $"    bind 127.0.0.1:{second}\n");
        string answer = await Ask("reload");
        Assert.StartsWith("Success=0\n", answer, StringComparison.Ordinal);
        Assert.Contains($"cannot bind socket (Permission denied) for [127.0.0.1:{second}].", answer, StringComparison.Ordinal);
        Assert.Contains("this process has the user 'nobody' since its start", answer, StringComparison.Ordinal);
        Assert.Contains("x-by: one", await Get(), StringComparison.Ordinal);
        // A mistake in the file has nothing to do with rights.
        File.AppendAllText(Configuration, "    nonsense\n");
        Assert.DoesNotContain("since its start", await Ask("reload"), StringComparison.Ordinal);
        Write(Configuration, "user nobody", "three", $"    bind 127.0.0.1:{FreePort.Next()}\n");
        Assert.StartsWith("Success=1\n", await Ask("reload"), StringComparison.Ordinal);
        Assert.Contains("x-by: three", await Get(), StringComparison.Ordinal);
    }

    private static bool IsSkipped(string test) =>
        Skipped.Because(test, ("hawser", Binaries.Hawser), ("root", Environment.IsPrivilegedProcess ? "root" : null));

    private static int LowPort()
    {
        for (int port = 1023; port > 512; port--)
        {
            using TcpListener listener = new(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken, or nobody without root may have it: then the test is skipped.
            }
        }

        return 0;
    }

    private void Write(string file, string global, string header, string binds = "") => File.WriteAllText(file, $"""
        global
            stats socket {Cli} level admin
            {global}
        defaults
            mode http
            timeout client 60s
        frontend in
            bind 127.0.0.1:{_port}
        {binds}    http-request return status 200 hdr x-by {header}

        """);

    private async Task<ProxyUnderTest> Start(string global)
    {
        Write(Configuration, global, "one");
        ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-f", Configuration);
        await proxy.Listening([_port]);
        return proxy;
    }

    private Task<string> Ask(string command) => CliClient.Ask(Cli, command + "\n");

    private async Task<string> Get()
    {
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _port));
        await client.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
        byte[] buffer = new byte[4096];
        StringBuilder text = new();
        int count;
        while ((count = await client.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromMilliseconds(Patience.LimitMs))) > 0)
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        return text.ToString();
    }
}

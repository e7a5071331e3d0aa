using System;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Faults;

/// <summary>What cannot start says why in HAProxy's words and ends with status 1.</summary>
public sealed class BadInput : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-e2e-").FullName;

    [Fact]
    public async Task A_port_already_taken_is_named_with_its_line()
    {
        using ListeningServer taken = new("taken", IPAddress.Loopback);
        await Refused(nameof(A_port_already_taken_is_named_with_its_line), $"""
            defaults
                mode tcp
                timeout connect 1s
                timeout client 1s
                timeout server 1s
            listen test1
                bind 127.0.0.1:{taken.Port}
                server s1 127.0.0.1:1
            """,
            "for proxy test1: ",
            $"cannot bind socket (Address already in use) for [127.0.0.1:{taken.Port}]",
            "Some protocols failed to start their listeners! Exiting.");
    }

    [Fact]
    public async Task That_errors_are_fatal_is_said_once()
    {
        string name = nameof(That_errors_are_fatal_is_said_once);
        if (Skipped.Because(name, ("hawser", Binaries.Hawser)))
            return;
        string file = Write("""
            frontend test1
                log 127.0.0.1 local0
                bind 127.0.0.1:1
                timeout client 1s
                log-format "%{bogus"

            """);
        using ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-c", "-f", file);
        Assert.Equal(1, await proxy.ExitStatus());
        Assert.Equal(2, proxy.Output.Split("Fatal errors found in configuration.").Length);
    }

    [Fact]
    public Task An_address_this_machine_does_not_have_is_named() => Refused(
        nameof(An_address_this_machine_does_not_have_is_named), """
            defaults
                mode tcp
                timeout connect 1s
                timeout client 1s
                timeout server 1s
            listen test1
                bind 192.0.2.55:4000
                server s1 127.0.0.1:1
            """,
        "cannot bind socket (Cannot assign requested address) for [192.0.2.55:4000]");

    [Fact]
    public Task An_unknown_host_of_a_server_is_named() => Refused(
        nameof(An_unknown_host_of_a_server_is_named), $"""
            defaults
                mode tcp
                timeout connect 1s
                timeout client 1s
                timeout server 1s
            listen test1
                bind 127.0.0.1:{FreePort.Next()}
                server s1 no.such.host.invalid:80
            """,
        "'server test1/s1' : could not resolve address 'no.such.host.invalid'");

    [Fact]
    public Task A_unix_socket_in_a_missing_folder_is_named() => Refused(
        nameof(A_unix_socket_in_a_missing_folder_is_named), """
            defaults
                mode tcp
                timeout connect 1s
                timeout client 1s
                timeout server 1s
            listen test1
                bind unix@/nonexistent/socket
                server s1 127.0.0.1:1
            """,
        "cannot bind UNIX socket (No such file or directory) [/nonexistent/socket]");

    [Fact]
    public Task A_configuration_without_a_listener_does_not_start() => Refused(
        nameof(A_configuration_without_a_listener_does_not_start), """
            defaults
                mode tcp
            """,
        "No enabled listener found (check for 'bind' directives) ! Exiting.");

    [Fact]
    public Task An_unknown_keyword_is_named_with_its_section() => Refused(
        nameof(An_unknown_keyword_is_named_with_its_section), $"""
            defaults
                mode tcp
                timeout connect 1s
                timeout client 1s
                timeout server 1s
            listen test1
                bind 127.0.0.1:{FreePort.Next()}
                bogus word
                server s1 127.0.0.1:1
            """,
        "unknown keyword 'bogus' in 'listen' section");

    [Fact]
    public async Task A_file_that_does_not_exist_is_named()
    {
        if (Skipped.Because(nameof(A_file_that_does_not_exist_is_named), ("hawser", Binaries.Hawser)))
            return;
        using ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-f", "/nonexistent/haproxy.cfg");
        Assert.Equal(1, await proxy.ExitStatus());
        Assert.Contains("/nonexistent/haproxy.cfg", proxy.Output, StringComparison.Ordinal);
        Assert.Contains("No such file or directory", proxy.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quiet_mode_refuses_without_a_word()
    {
        if (Skipped.Because(nameof(Quiet_mode_refuses_without_a_word), ("hawser", Binaries.Hawser)))
            return;
        using ListeningServer taken = new("taken", IPAddress.Loopback);
        string file = Write($"listen test1\n    mode tcp\n    bind 127.0.0.1:{taken.Port}\n    server s1 127.0.0.1:1\n");
        using ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-q", "-db", "-f", file);
        Assert.Equal(1, await proxy.ExitStatus());
        Assert.Equal("", proxy.Output);
    }

    [Fact]
    public async Task A_valid_file_is_called_valid_when_asked_loudly()
    {
        if (Skipped.Because(nameof(A_valid_file_is_called_valid_when_asked_loudly), ("hawser", Binaries.Hawser)))
            return;
        string file = Write("""
            defaults
                mode tcp
                timeout connect 1s
                timeout client 1s
                timeout server 1s
            listen test1
                bind 127.0.0.1:4000
                server s1 127.0.0.1:1

            """);
        using ProxyUnderTest check = ProxyUnderTest.Start(Binaries.Hawser!, "-c", "-V", "-f", file);
        Assert.Equal(0, await check.ExitStatus());
        Assert.Contains("Configuration file is valid", check.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task Refused(string test, string configuration, params string[] words)
    {
        if (Skipped.Because(test, ("hawser", Binaries.Hawser)))
            return;
        using ProxyUnderTest proxy = ProxyUnderTest.Start(Binaries.Hawser!, "-db", "-f", Write(configuration + "\n"));
        Assert.Equal(1, await proxy.ExitStatus());
        foreach (string word in words)
            Assert.Contains(word, proxy.Output, StringComparison.Ordinal);
        Assert.Contains("[ALERT]", proxy.Output, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        string file = Path.Combine(_folder, "haproxy.cfg");
        File.WriteAllText(file, text);
        return file;
    }
}

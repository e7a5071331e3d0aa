using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>
/// Commands and what HAProxy 3.5 answered, recorded one after the other on one process: ours must answer the same to
/// the byte, but for pointers and names of files. Where it means to differ, docs/runtime.md says so.
/// </summary>
public sealed partial class RecordedAnswers : IDisposable
{
    private const string Farm =
        """
        defaults
            timeout client 5s
            timeout server 5s
            timeout connect 1s
        frontend fe
            mode tcp
            bind 127.0.0.1:{0} name foo
            option socket-stats
            default_backend be
        backend be
            mode tcp
            server s1 127.0.0.1:18901 weight 10 maxconn 30
            server s2 127.0.0.1:18902 backup
            server s3 127.0.0.1:18902 disabled
        listen li
            mode tcp
            bind 127.0.0.1:{1}
            server a 127.0.0.1:1 check
        frontend ht
            mode http
            bind 127.0.0.1:{2}
            default_backend hb
        backend hb
            mode http
            server w 127.0.0.1:18904
        """;

    private const string Lists =
        """
        defaults
            mode tcp
            timeout client 60s
            timeout server 60s
            timeout connect 1s
        frontend fe
            bind 127.0.0.1:{0}
            acl al src -f {1}ip.acl
            acl fo str(a) -f {1}x.acl
            acl inl str(a) -i x y z
            acl iid src -u 77 1.2.3.4
            acl num dst_port 80 443 1000:2000
            tcp-request content set-var(txn.a) str(a),map({1}x.map,def)
            tcp-request content set-var(txn.b) src,map_ip({1}ip.map)
            tcp-request content set-var(txn.c) str(a),map_reg({1}re.map)
            tcp-request content set-var(txn.d) str(a),map_str_int(virt@vm,5)
            tcp-request content set-var(proc.pp) str(q)
            use_backend be if al fo inl iid num
            default_backend be
        backend be
            server s1 127.0.0.1:18950
        """;

    private const string Backends =
        """
        defaults
            mode http
            timeout connect 1s
            timeout client 5s
            timeout server 5s
        frontend fe
            bind 127.0.0.1:{0}
            force-be-switch if { req.hdr(x-force) 1 }
            use_backend %[req.hdr(x-be)] if { req.hdr(x-be) -m found }
            default_backend be1
        listen li
            bind 127.0.0.1:{1}
        backend be1
            guid g-be1
            server s1 127.0.0.1:1
        backend be2
            server s1 127.0.0.1:1 disabled guid g-s1
        backend off
            disabled
        backend hidden
            be-unpublished
        backend counts
            http-request return status 200 if { nbsrv(counted) ge 1 }
        backend counted
        defaults bare
        defaults web
            mode http
            timeout connect 1s
            timeout server 5s
        defaults records
            mode log
        defaults rules
            mode http
            timeout connect 1s
            timeout server 5s
            http-request set-header x-a b
        defaults switched-off
            mode http
            disabled
        defaults hashing
            mode http
            balance uri
        """;

    private const string Servers =
        """
        defaults
            mode http
            timeout connect 1s
            timeout client 5s
            timeout server 5s
        frontend fe
            bind 127.0.0.1:{0}
            default_backend be
        backend be
            default-server weight 7
            default-server name strong weight 9 maxconn 3
            server s1 127.0.0.1:1 check inter 100ms fall 100
            server s2 127.0.0.1:1 id 20 guid g-s2
            server s3 127.0.0.1:1 disabled
            server s4 127.0.0.1:1 track s1
        backend named
            default-server name only weight 5
        backend plain
            server s1 127.0.0.1:1
        listen li
            bind 127.0.0.1:{1}
            default-server maxconn 4
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-lists-").FullName + "/";

    [Fact]
    public async Task Commands_are_answered_as_recorded()
    {
        if (Skipped.Because(nameof(Commands_are_answered_as_recorded), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(3);
        using CliProcess process = new(Binaries.Hawser!, string.Format(null, Farm, port, port + 1, port + 2));
        await Replay(process, "commands.txt");
    }

    [Fact]
    public async Task Backends_are_added_published_and_removed_as_recorded()
    {
        if (Skipped.Because(nameof(Backends_are_added_published_and_removed_as_recorded), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = new(
            Binaries.Hawser!, Backends.Replace("{0}", $"{port}", StringComparison.Ordinal).Replace("{1}", $"{port + 1}", StringComparison.Ordinal));
        await Replay(process, "backends.txt");
    }

    [Fact]
    public async Task Servers_are_added_named_followed_and_judged_as_recorded()
    {
        if (Skipped.Because(nameof(Servers_are_added_named_followed_and_judged_as_recorded), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = new(Binaries.Hawser!, string.Format(null, Servers, port, port + 1));
        await Replay(process, "servers.txt");
    }

    [Fact]
    public async Task Maps_and_acls_are_listed_changed_and_replaced_as_recorded()
    {
        if (Skipped.Because(nameof(Maps_and_acls_are_listed_changed_and_replaced_as_recorded), ("hawser", Binaries.Hawser)))
            return;
        await File.WriteAllTextAsync(_folder + "x.map", "a 1\nb 2\n# c\n  key  val with spaces \na 3\n");
        await File.WriteAllTextAsync(_folder + "ip.map", "10.0.0.0/8 net\n");
        await File.WriteAllTextAsync(_folder + "re.map", "^a.* rx\n");
        await File.WriteAllTextAsync(_folder + "x.acl", "foo\nbar\n");
        await File.WriteAllTextAsync(_folder + "ip.acl", "10.1.0.0/16\n");
        using CliProcess process = new(Binaries.Hawser!, string.Format(null, Lists, FreePort.Next(), _folder));
        await Replay(process, "patterns.txt");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task Replay(CliProcess process, string name)
    {
        string version = (await process.Ask("show version\n")).Trim();
        StringBuilder expected = new();
        StringBuilder answered = new();
        foreach ((string command, string answer) in Read(Path.Combine(AppContext.BaseDirectory, "Configurations", "runtime", name)))
        {
            string text = command.Replace("/DIR/", _folder, StringComparison.Ordinal);
            string said = await process.Ask(Regex.Unescape(text) + "\n");
            said = said.Replace(version, "V", StringComparison.Ordinal).Replace(_folder, "/DIR/", StringComparison.Ordinal);
            expected.Append("> ").Append(command).Append('\n').Append(StateOfChecks().Replace(answer, "$1 T "));
            answered.Append("> ").Append(command).Append('\n').Append(StateOfChecks().Replace(Pointer().Replace(said, "PTR"), "$1 T "));
        }

        Assert.Equal(expected.ToString(), answered.ToString());
    }

    private static IEnumerable<(string Command, string Answer)> Read(string path)
    {
        string? command = null;
        StringBuilder answer = new();
        foreach (string line in File.ReadAllLines(path))
        {
            if (!line.StartsWith("> ", StringComparison.Ordinal))
            {
                answer.Append(line).Append('\n');
                continue;
            }

            if (command is not null)
                yield return (command, answer.ToString());
            command = line[2..];
            answer.Clear();
        }

        if (command is not null)
            yield return (command, answer.ToString());
    }

    [GeneratedRegex("0x[0-9a-f]+")]
    private static partial Regex Pointer();

    /// <summary>In a line of "show servers state": how long since the last change, and where its checks are just now.</summary>
    [GeneratedRegex(@"^(\d+ \S+ \d+ \S+ \S+ \d+ \d+ \d+ \d+) (?:T|\d+ \d+ \d+ \d+ \d+) ", RegexOptions.Multiline)]
    private static partial Regex StateOfChecks();
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Http;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.Tests.Control.Stats;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>"stats" of mode http: what the page answers, and what its form does. Outcomes are those seen with HAProxy 3.5.</summary>
public sealed class StatisticsPage : IDisposable
{
    private readonly RecordingOrigin _origin = new("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"u8.ToArray());
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    [Fact]
    public async Task The_page_comes_in_each_format_at_each_address_that_HAProxy_takes()
    {
        if (Skipped.Because(nameof(The_page_comes_in_each_format_at_each_address_that_HAProxy_takes), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        foreach ((string target, string type, string begin) in new[]
            {
                ("/stats", "text/html", "<!DOCTYPE html>"), ("/stats/foo", "text/html", "<!DOCTYPE html>"), ("/statsfoo", "text/html", "<!DOCTYPE html>"),
                ("/stats;csv", "text/plain", "# pxname,svname,"), ("/stats?;csv", "text/plain", "# pxname,svname,"),
                ("/stats;typed", "text/plain", "F.2.0.0.pxname.1:KNSV:str:www\n"), ("/stats;json", "application/json", "[[{\"objType\":\"Frontend\""),
                ("/stats;json-schema", "application/json", "{\"$schema\":"),
            })
        {
            using HttpResponseMessage answer = await _client.GetAsync($"http://127.0.0.1:{port}{target}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
            Assert.Equal(["7"], answer.Headers.GetValues("refresh"));
            Assert.Equal(["yes"], answer.Headers.GetValues("x-after"));
            Assert.StartsWith(begin, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using HttpResponseMessage still = await _client.GetAsync($"http://127.0.0.1:{port}/stats;norefresh");
        Assert.False(still.Headers.Contains("refresh"));
    }

    [Fact]
    public async Task Servers_and_proxies_are_left_out_as_asked()
    {
        if (Skipped.Because(nameof(Servers_and_proxies_are_left_out_as_asked), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        Assert.Contains("\napp,off,", await Get(port, "/stats;csv"), StringComparison.Ordinal);
        Assert.DoesNotContain("\napp,off,", await Get(port, "/stats;csv;no-maint"), StringComparison.Ordinal);
        Assert.DoesNotContain("\napp,off,", await Get(port, "/stats;csv;up"), StringComparison.Ordinal);
        string part = await Get(port, "/stats?;csv;scope=pp");
        Assert.Contains("\napp,BACKEND,", part, StringComparison.Ordinal);
        Assert.DoesNotContain("\nwww,", part, StringComparison.Ordinal);
        string own = await Get(port, "/own;csv", "user:secret");
        Assert.Contains("\nown,FRONTEND,", own, StringComparison.Ordinal);
        Assert.DoesNotContain("\napp,", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_asked_for_with_the_realm()
    {
        if (Skipped.Because(nameof(A_password_is_asked_for_with_the_realm), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        using HttpResponseMessage stranger = await _client.GetAsync($"http://127.0.0.1:{port + 1}/own");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal("Basic realm=\"My Realm\"", stranger.Headers.WwwAuthenticate.Single().ToString());
        using HttpRequestMessage wrong = new(HttpMethod.Get, $"http://127.0.0.1:{port + 1}/own");
        wrong.Headers.Authorization = Basic("user:wrong");
        using HttpResponseMessage refused = await _client.SendAsync(wrong);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.StartsWith("<!DOCTYPE html>", await Get(port, "/own", "user:secret"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/stats", "s=s1&action=drain&b=%23APP", "/stats;st=DONE")]
    [InlineData("/stats;norefresh", "s=s1&action=maint&b=app", "/stats;st=DONE;norefresh")]
    [InlineData("/stats?;up", "s=s1&s=s2&action=dhlth&b=app", "/stats;st=DONE;up")]
    [InlineData("/stats;scope=app", "s=s1&action=ready&b=app", "/stats;st=DONE?scope=app")]
    [InlineData("/stats", "s=nope&action=dhlth&b=app", "/stats;st=ERRP")]
    [InlineData("/stats", "s=s1&s=nope&action=dhlth&b=app", "/stats;st=PART")]
    [InlineData("/stats", "s=s1&action=dhlth&b=nope", "/stats;st=ERRP")]
    [InlineData("/stats", "s=s1&action=bogus&b=app", "/stats;st=ERRP")]
    [InlineData("/stats", "action=ready&b=app", "/stats;st=NONE")]
    [InlineData("/stats", "", "/stats;st=NONE")]
    [InlineData("/stats", "s=s1&action=ready", "/stats;st=NONE")]
    [InlineData("/stats", "s=s1&action=start&b=app", "/stats;st=NONE")]
    [InlineData("/stats", "s=s1&action=stop&b=app", "/stats;st=DONE")]
    [InlineData("/stats", "s=s1&action=enable&b=app", "/stats;st=NONE")]
    [InlineData("/stats", "s=s1&action=disable&b=app", "/stats;st=DONE")]
    [InlineData("/stats", "s=off&action=hrunn&b=app", "/stats;st=DONE")]
    [InlineData("/stats", "s=s1&action=shutdown&b=app", "/stats;st=DONE")]
    [InlineData("/stats", "s=s1&action=dagent&b=app", "/stats;st=NONE")]
    [InlineData("/stats", "s=s1&action=hrunn&b=app", "/stats;st=DONE")]
    [InlineData("/stats", "s=follower&action=hdown&b=app", "/stats;st=NONE")]
    [InlineData("/stats", "s=s1&action=ready&b=app&x=LONG", "/stats;st=EXCD")]
    public async Task A_form_is_answered_as_by_HAProxy(string target, string form, string location)
    {
        if (Skipped.Because(nameof(A_form_is_answered_as_by_HAProxy), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        form = form.Replace("APP", "4", StringComparison.Ordinal).Replace("LONG", new string('a', 20_000), StringComparison.Ordinal);
        Assert.Equal(location, await Post(port, target, form));
    }

    [Fact]
    public async Task A_form_changes_servers_and_only_where_that_is_allowed()
    {
        if (Skipped.Because(nameof(A_form_changes_servers_and_only_where_that_is_allowed), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        await Post(port, "/stats", "s=s1&s=s2&action=maint&b=app");
        Assert.Equal(["MAINT", "MAINT"], (await Rows(port)).Where(static row => row["svname"] is "s1" or "s2").Select(static row => row["status"]));
        await Post(port, "/stats", "s=s1&action=ready&b=app");
        await Post(port, "/stats", "s=s2&action=drain&b=app");
        Assert.StartsWith("UP", (await Rows(port)).Single(static row => row["svname"] == "s1")["status"], StringComparison.Ordinal);
        Assert.StartsWith("DRAIN", (await Rows(port)).Single(static row => row["svname"] == "s2")["status"], StringComparison.Ordinal);
        // As nobody who may, and as somebody who may change what the page shows, which app is not.
        foreach (string admin in (string[])["no", "yes"])
        {
            using HttpRequestMessage denied = new(HttpMethod.Post, $"http://127.0.0.1:{port + 1}/own") { Content = new StringContent("s=s1&action=maint&b=app") };
            denied.Headers.Authorization = Basic("user:secret");
            denied.Headers.Add("x-admin", admin);
            using HttpResponseMessage answer = await _client.SendAsync(denied);
            Assert.Equal("/own;st=DENY", answer.Headers.Location!.OriginalString);
        }

        Assert.StartsWith("UP", (await Rows(port)).Single(static row => row["svname"] == "s1")["status"], StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"action\"", await Get(port, "/own", "user:secret"), StringComparison.Ordinal);
        Assert.Contains("name=\"action\"", await Get(port, "/stats"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_descriptions_cannot_write_the_page()
    {
        if (Skipped.Because(nameof(Names_and_descriptions_cannot_write_the_page), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        string page = await Get(port, "/stats?scope=\"><script>alert(1)</script>");
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("our &lt;b&gt; site", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exporters_output_is_taken_by_a_reader_of_its_format_and_counts_every_request()
    {
        if (Skipped.Because(nameof(The_exporters_output_is_taken_by_a_reader_of_its_format_and_counts_every_request), ("hawser", Binaries.Hawser)))
            return;
        const int Clients = 8;
        const int Each = 50;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        PrometheusText before = PrometheusText.Parse(await Get(port, "/metrics"));
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
                Assert.Equal("hello", await Get(port, "/"));
        })));
        // A request is counted in full when it is over, which its client may see a moment before.
        PrometheusText after = before;
        await Patience.Until(
            () => (after = PrometheusText.Parse(Get(port, "/metrics?extra-counters").GetAwaiter().GetResult())).Samples
                .Where(static sample => sample.Name == "haproxy_server_http_requests_total").Sum(static sample => sample.Value) >= Clients * Each,
            "all requests to be counted");
        Assert.Equal(Clients * Each, Sum(after, "haproxy_server_http_requests_total", "app"));
        Assert.Equal(Clients * Each, Sum(after, "haproxy_backend_http_requests_total", "app"));
        Assert.Equal(Clients * Each, Sum(after, "haproxy_backend_http_responses_total", "app"));
        Assert.Equal(Sum(after, "haproxy_frontend_http_requests_total", "www"), Sum(after, "haproxy_frontend_h1_total_streams", "www"));
        Dictionary<string, double> old = before.Samples.ToDictionary(static sample => Series(sample), static sample => sample.Value);
        foreach (PrometheusSample sample in after.Samples.Where(sample => after.Types[sample.Name] == "counter"))
        {
            if (old.TryGetValue(Series(sample), out double was))
                Assert.True(double.IsNaN(was) || sample.Value >= was, $"{Series(sample)} went from {was} to {sample.Value}");
        }
    }

    [Fact]
    public async Task A_large_page_is_made_while_its_client_reads_and_others_are_served_meanwhile()
    {
        if (Skipped.Because(nameof(A_large_page_is_made_while_its_client_reads_and_others_are_served_meanwhile), ("hawser", Binaries.Hawser)))
            return;
        const int Backends = 10_000;
        int port = FreePort.Next();
        StringBuilder backends = new();
        for (int i = 0; i < Backends; i++)
            backends.Append(System.Globalization.CultureInfo.InvariantCulture, $"backend b{i}\n    mode http\n    server s 127.0.0.1:{_origin.Port}\n");
        using CliProcess process = new(Binaries.Hawser!, $$"""
            defaults
                mode http
                timeout connect 5s
                timeout client 60s
                timeout server 60s
            frontend www
                bind 127.0.0.1:{{port}}
                stats enable
                stats uri /stats
                http-request return status 200 content-type text/plain string pong if { path /ping }
            {{backends}}
            """);
        await process.Proxy.Listening([port]);
        long before = ResidentBytes(process.Proxy.Pid);
        // It asks for the page, and reads it only when others have been served.
        using Socket slow = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await slow.ConnectAsync(IPAddress.Loopback, port);
        await slow.SendAsync("GET /stats;csv HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        for (int i = 0; i < 200; i++)
            Assert.Equal("pong", await Get(port, "/ping"));
        string page = await CliClient.ReadToEnd(slow);
        Assert.Equal(Backends, page.Split(",BACKEND,").Length - 1);
        Assert.EndsWith("0\r\n\r\n", page, StringComparison.Ordinal);
        Assert.InRange(ResidentBytes(process.Proxy.Pid) - before, long.MinValue, 300L << 20);
    }

    [Fact]
    public async Task Events_of_the_dashboard_come_until_a_soft_stop_which_does_not_wait_for_their_reader()
    {
        if (Skipped.Because(nameof(Events_of_the_dashboard_come_until_a_soft_stop_which_does_not_wait_for_their_reader), ("hawser", Binaries.Hawser)))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        using HttpResponseMessage answer = await _client.GetAsync($"http://127.0.0.1:{port}/stats/dashboard/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using StreamReader events = new(await answer.Content.ReadAsStreamAsync());
        int seen = 0;
        bool isStopping = false;
        while (await events.ReadLineAsync() is { } line)
        {
            isStopping |= line == "event: stopping";
            if (!line.StartsWith("data: {\"version\"", StringComparison.Ordinal))
                continue;
            using System.Text.Json.JsonDocument data = System.Text.Json.JsonDocument.Parse(line[6..]);
            Assert.Equal(3, data.RootElement.GetProperty("proxies").GetArrayLength());
            if (++seen == 2)
                process.Proxy.Signal(UnixSignal.User1);
        }

        Assert.True(isStopping);
        Assert.Equal(0, await process.Proxy.ExitStatus());
    }

    public void Dispose()
    {
        _client.Dispose();
        _origin.Dispose();
    }

    /// <summary>On the port and the next one.</summary>
    private async Task<CliProcess> Start(int port)
    {
        CliProcess process = new(Binaries.Hawser!, Configuration(port, _origin.Port));
        await process.Proxy.Listening([port, port + 1]);
        return process;
    }

    internal static string Configuration(int port, int server) => $$"""
        defaults
            mode http
            balance roundrobin
            timeout connect 5s
            timeout client 30s
            timeout server 30s
        frontend www
            bind 127.0.0.1:{{port}}
            description our <b> site
            http-request use-service prometheus-exporter if { path /metrics }
            http-after-response set-header x-after yes
            stats enable
            stats uri /stats
            stats refresh 7s
            stats admin if TRUE
            stats show-legends
            default_backend app
        listen own
            bind 127.0.0.1:{{port + 1}}
            stats uri /own
            stats auth user:secret
            stats realm My\ Realm
            stats scope .
            stats admin if { req.hdr(x-admin) yes }
        backend app
            server s1 127.0.0.1:{{server}} check
            server s2 127.0.0.1:{{server}} check
            server off 127.0.0.1:{{server}} disabled
            server follower 127.0.0.1:{{server}} track app/s1
        """;

    private async Task<string> Get(int port, string target, string? account = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"http://127.0.0.1:{(account is null ? port : port + 1)}{target}");
        if (account is not null)
            request.Headers.Authorization = Basic(account);
        using HttpResponseMessage answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<string> Post(int port, string target, string form)
    {
        using HttpResponseMessage answer = await _client.PostAsync($"http://127.0.0.1:{port}{target}", new StringContent(form));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private async Task<List<Dictionary<string, string>>> Rows(int port)
    {
        string[] lines = (await Get(port, "/stats;csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] names = lines[0][2..].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).Where(static pair => pair.First.Length > 0).ToDictionary(static pair => pair.First, static pair => pair.Second))];
    }

    private static System.Net.Http.Headers.AuthenticationHeaderValue Basic(string account) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(account)));

    private static string Series(PrometheusSample sample) =>
        sample.Name + string.Concat(sample.Labels.Select(static label => $"|{label.Key}={label.Value}"));

    private static double Sum(PrometheusText text, string name, string proxy) => text.Samples
        .Where(sample => sample.Name == name && sample.Labels.Any(label => label.Key == "proxy" && label.Value == proxy))
        .Sum(static sample => sample.Value);

    private static long ResidentBytes(int pid) =>
        long.Parse(File.ReadAllText($"/proc/{pid}/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}

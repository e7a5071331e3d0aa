using System;
using System.Linq;
using System.Text;
using CsCheck;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Lint.Views;
using Hawser.Config.Model;
using Hawser.Config.Printing;
using Hawser.Config.Syntax;
using Xunit;

namespace Hawser.Tests.Config.Printing;

public sealed class EffectivePrinterTests
{
    private const string Input =
        """
        defaults base
            mode tcp
            timeout connect 5s
            timeout client 30s
            timeout server 30s
            retries 5
            log 127.0.0.1 local0
            default-server check inter 2s
        defaults from base
            clitimeout 10000
            redispatch
            no log
            log 127.0.0.1 local1
        .if defined(NOWHERE)
            retries 9
        .endif
        frontend web
            bind :80
            default_backend app
        backend app from base
            retries 2
            server s1 127.0.0.1:1
            default-server weight 7
            server "s2" 127.0.0.1:2 no-check
        listen old 127.0.0.1:3
            description "two words"

        """;

    [Fact]
    public void Lines_that_a_server_names_stay_and_mean_the_same()
    {
        const string text =
            """
            defaults
                mode tcp
                timeout connect 1s
                timeout client 1s
                timeout server 1s
                default-server weight 4
                default-server name slow weight 9
            backend a
                default-server name slow inter 5s
                server s0 127.0.0.1:80 from srv:slow
                server s1 127.0.0.1:80 weight 2 maxconn 7
            backend b
                server s0 127.0.0.1:80 from srv:a/s1
                server s1 127.0.0.1:80 from be:a
                server s2 127.0.0.1:80 from none

            """;
        Assert.True(MeansTheSame(Source(text), showsOrigins: false));
        ConfigModel model = ConfigurationReader.Read([Source(text)], new ConfigurationEnvironment()).Model!;
        Assert.Equal([1, 2, 2, 4, 1], model.Proxies.SelectMany(static proxy => proxy.Servers).Select(static server => server.Weight));
    }

    [Fact]
    public void Each_proxy_is_complete_and_nothing_is_inherited() => Assert.Equal(
        """
        frontend web
            mode tcp
            log 127.0.0.1 local1
            timeout client 10000
            bind :80
            default_backend app

        backend app
            mode tcp
            timeout connect 5s
            timeout server 30s
            log 127.0.0.1 local0
            retries 2
            server s1 127.0.0.1:1 check inter 2s
            server s2 127.0.0.1:2 check inter 2s weight 7 no-check

        listen old
            bind 127.0.0.1:3
            mode tcp
            timeout connect 5s
            timeout server 30s
            retries 5
            timeout client 10000
            option redispatch
            log 127.0.0.1 local1
            description 'two words'

        """.Split('\n').Order(),
        Print(Input, showsOrigins: false).Split('\n').Order());

    [Fact]
    public void Origins_name_the_line_that_set_a_value()
    {
        string text = Print(Input, showsOrigins: true);
        Assert.Contains("timeout client 10000  # test.cfg:10\n", text, StringComparison.Ordinal);
        Assert.Contains("timeout server 30s  # test.cfg:5\n", text, StringComparison.Ordinal);
        Assert.Contains("backend app  # test.cfg:20\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_of_a_check_are_inherited_together_or_not_at_all()
    {
        string text = Print("""
            defaults
                option httpchk GET /x
                http-check send hdr A b
                http-check disable-on-404
            backend own
                option httpchk
                http-check expect status 404
            backend other

            """, showsOrigins: false);
        Assert.Equal("""
            backend own
                option httpchk GET /x
                http-check disable-on-404
                option httpchk
                http-check expect status 404

            backend other
                option httpchk GET /x
                http-check send hdr A b
                http-check disable-on-404

            """, text);
    }

    [Fact]
    public void A_line_that_would_grow_too_long_keeps_its_default_server()
    {
        string many = string.Join(' ', Enumerable.Repeat("weight 1", 31));
        string text = Print($"backend b\n default-server {many}\n server s 127.0.0.1:1\n", showsOrigins: false);
        Assert.Contains("    default-server weight 1", text, StringComparison.Ordinal);
        Assert.Contains("    server s 127.0.0.1:1\n", text, StringComparison.Ordinal);
    }

    /// <summary>Print, then read: the same model, for every configuration in the repository that has one.</summary>
    [Fact]
    public void What_is_printed_means_the_same()
    {
        int compared = ConfigurationCorpus.Accepted.Count(static source => MeansTheSame(source, showsOrigins: source.Content.Length % 2 == 0));
        Assert.True(compared > 15, $"{compared} configurations compared");
    }

    /// <summary>The same for each case of the corpus that has a model: each implemented keyword, with its values.</summary>
    [Fact]
    public void Each_keyword_is_printed_as_it_was_meant()
    {
        int compared = CorpusFile.Names.SelectMany(CorpusFile.Read)
            .Count(static item => MeansTheSame(Source(item.Configuration), showsOrigins: false));
        Assert.True(compared > 500, $"{compared} configurations compared");
    }

    /// <summary>And for sections that are put together from lines of the corpus, in any number and order.</summary>
    [Fact]
    public void What_is_printed_of_a_generated_configuration_means_the_same()
    {
        int compared = 0;
        GeneratedConfigurations.Text.Sample(
            text => compared += MeansTheSame(Source(text), showsOrigins: text.Length % 2 == 0) ? 1 : 0, iter: 1000, threads: 1);
        Assert.True(compared > 300, $"{compared} of 1000 configurations have a model");
    }

    /// <summary>False when it has no model, and nothing to compare.</summary>
    private static bool MeansTheSame(ConfigurationSource source, bool showsOrigins)
    {
        ConfigurationViewBuilder builder = new();
        ConfigurationEnvironment environment = new();
        ConfigurationResult before = ConfigurationReader.Read([source], environment, builder.Add);
        if (before.Model is not { } model) return false;
        string printed = EffectivePrinter.Print(builder.Build(), showsOrigins);
        ConfigurationResult after = ConfigurationReader.Read([Source(printed)], environment);
        string read = ConfigText.Decode(source.Content.Span);
        Assert.True(after.Model is not null, $"{FirstAlert(after)} in:\n{printed}\nof:\n{read}");
        string wanted = Comparable(model);
        string found = Comparable(after.Model!);
        Assert.True(wanted == found, $"{FirstDifference(wanted, found)}\nof:\n{read}\nprinted:\n{printed}");
        return true;
    }

    private static string FirstDifference(string wanted, string found)
    {
        string[] left = wanted.Split('\n');
        string[] right = found.Split('\n');
        int line = Enumerable.Range(0, Math.Min(left.Length, right.Length)).FirstOrDefault(index => left[index] != right[index]);
        return $"meant {left[line].Trim()}, read {right[line].Trim()}, line {line}";
    }

    /// <summary>
    /// What has no meaning on a proxy's side is not printed, nor are defaults: neither side of the comparison has them.
    /// </summary>
    private static string Comparable(ConfigModel model) =>
        ModelText.Of(model with { Defaults = [], Proxies = [.. model.Proxies.Select(OneSided)] });

    private static ProxyConfig OneSided(ProxyConfig proxy)
    {
        ProxyConfig none = new() { Name = "", Kind = proxy.Kind, Origin = Origin.None };
        // Options of default-server are printed where they act.
        proxy = proxy with
        {
            Rules = [.. proxy.Rules.Select(static rule => rule with { IsInherited = false })],
            DefaultServer = null,
            NamedDefaultServers = [],
        };
        TimeoutsConfig timeouts = proxy.Timeouts;
        if (!proxy.HasFrontend)
        {
            proxy = proxy with
            {
                MaxConnections = null,
                Backlog = null,
                RateLimitSessions = null,
                DefaultBackend = null,
                ClientKeepAlive = none.ClientKeepAlive,
                GraceMs = null,
                Logging = new LoggingConfig { Targets = proxy.Logging.Targets, Tag = proxy.Logging.Tag },
                Options = proxy.Options with { TcpSmartAccept = false, SocketStatistics = false, ContinuousStatistics = false },
                Http = proxy.Http with
                {
                    MaxSessionServerConnections = none.Http.MaxSessionServerConnections, IgnoreProbes = false,
                    UseProxyHeader = false, IdleCloseOnResponse = false, DisableHttp2Upgrade = false,
                    DropResponseTrailers = false, AcceptUnsafeRequests = false, AdjustCaseForClients = false, MonitorUri = null,
                },
            };
            timeouts = timeouts with { ClientMs = null, ClientFinMs = null, ClientHandshakeMs = null };
        }
        if (!proxy.HasBackend)
        {
            proxy = proxy with
            {
                Balance = none.Balance,
                HashType = none.HashType,
                FullConnections = null,
                Retries = none.Retries,
                RedispatchInterval = 0,
                Source = null,
                ServerKeepAlive = none.ServerKeepAlive,
                Options = proxy.Options with
                {
                    AbortOnClose = false, AllBackups = false, Persist = false, TcpSmartConnect = false,
                    LogHealthChecks = false, TcpCheck = false,
                },
                Http = proxy.Http with
                {
                    Reuse = none.Http.Reuse, MaxKeepAliveQueue = none.Http.MaxKeepAliveQueue, RetryOn = none.Http.RetryOn,
                    PreferLastServer = false, PretendKeepAlive = false, DropRequestTrailers = false,
                    AcceptUnsafeResponses = false, AdjustCaseForServers = false, CheckCache = false, Forwarded = null, Cookie = null, DynamicCookieKey = null,
                    ServerNameHeader = null,
                },
            };
            timeouts = timeouts with { ConnectMs = null, ServerMs = null, QueueMs = null, CheckMs = null, TunnelMs = null, ServerFinMs = null };
        }
        return proxy with { Timeouts = timeouts };
    }

    private static string FirstAlert(ConfigurationResult result) =>
        result.Diagnostics.FirstOrDefault(static item => item.Severity == Severity.Alert)?.Message ?? "";

    private static string Print(string text, bool showsOrigins)
    {
        ConfigurationViewBuilder builder = new();
        ConfigurationSource source = Source(text);
        _ = ConfigurationReader.Read([source], new ConfigurationEnvironment(), builder.Add);
        return EffectivePrinter.Print(builder.Build(), showsOrigins);
    }

    private static ConfigurationSource Source(string text) => new("test.cfg", Encoding.UTF8.GetBytes(text));
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Config.Diagnostics;
using Hawser.Config.Keywords;
using Hawser.Config.Model;
using Hawser.Config.Syntax;
using Xunit;

namespace Hawser.Tests.Config.Model;

/// <summary>What the lines of http mode leave in the model.</summary>
public sealed class HttpSettingsTests
{
    private const string Timeouts = " mode http\n timeout client 1s\n timeout connect 1s\n timeout server 1s\n";

    [Fact]
    public void The_last_of_the_connection_modes_counts_and_no_takes_back_only_its_own()
    {
        Assert.Null(Backend("").Http.ConnectionMode);
        Assert.Equal(HttpConnectionMode.Close, Backend(" option http-server-close\n option httpclose\n").Http.ConnectionMode);
        Assert.Equal(HttpConnectionMode.Close, Backend(" option httpclose\n no option http-server-close\n").Http.ConnectionMode);
        Assert.Null(Backend(" option httpclose\n no option httpclose\n").Http.ConnectionMode);
    }

    [Fact]
    public void Conditions_of_retries_replace_those_before()
    {
        Assert.Equal(RetryConditions.ConnectionFailure, Backend("").Http.RetryOn);
        Assert.Equal(RetryConditions.None, Backend(" retry-on none\n").Http.RetryOn);
        Assert.Equal(RetryConditions.Status404 | RetryConditions.EmptyResponse,
            Backend(" retry-on 503\n retry-on 404 empty-response\n").Http.RetryOn);
    }

    [Fact]
    public void A_forwarding_header_keeps_one_exception_of_each_family()
    {
        AddressHeaderConfig header = Backend(
            " option forwardfor except 10.1/16 except 192.0.2.7/255.0.255.0 except 2001:db8::/33 header X-A if-none\n").Http.ForwardedFor!;
        Assert.Equal(new NetworkConfig(IPAddress.Parse("192.0.2.7"), IPAddress.Parse("255.0.255.0")), header.ExceptIPv4);
        Assert.Equal(new NetworkConfig(IPAddress.Parse("2001:db8::"), IPAddress.Parse("ffff:ffff:8000::")), header.ExceptIPv6);
        Assert.Equal("X-A", header.Header);
        Assert.True(header.IfNone);
    }

    [Fact]
    public void Option_forwarded_alone_means_proto_and_for()
    {
        ForwardedConfig forwarded = Backend(" option forwarded\n").Http.Forwarded!;
        Assert.True(forwarded.HasProtocol);
        Assert.Equal(ForwardedSource.Own, forwarded.For.Source);
        Assert.Equal(ForwardedSource.None, forwarded.By.Source);
        forwarded = Backend(" option forwarded by-expr dst,ipmask(24) by_port host for_port\n").Http.Forwarded!;
        Assert.False(forwarded.HasProtocol);
        Assert.Equal(new ForwardedParameter(ForwardedSource.Expression, "dst,ipmask(24)"), forwarded.By);
        Assert.Equal(ForwardedSource.Own, forwarded.ByPort.Source);
        Assert.Equal(ForwardedSource.Own, forwarded.Host.Source);
        Assert.Equal(ForwardedSource.None, forwarded.ForPort.Source);
    }

    [Fact]
    public void Captures_are_numbered_in_the_order_of_their_lines()
    {
        HttpConfig http = Frontend(
            " capture request header Host len 20\n declare capture response len 3\n declare capture request len 8\n"
            + " capture cookie A= len 100\n capture response header Age len 4\n").Http;
        Assert.Equal([("Host", 20), (null, 8)], http.RequestCaptures.Select(static capture => (capture.Name, capture.MaxBytes)));
        Assert.Equal([(null, 3), ("Age", 4)], http.ResponseCaptures.Select(static capture => (capture.Name, capture.MaxBytes)));
        Assert.Equal(new CookieCaptureConfig("A=", 63), http.CookieCapture);
    }

    [Fact]
    public void Errors_keep_the_order_of_their_lines_and_the_bytes_of_their_files()
    {
        ProxyConfig proxy = Read(
            "http-errors e\n errorfile 404 /a\ndefaults\n errorfile 503 /a\n" + Timeouts
            + "backend b\n errorloc303 403 /x\n errorfiles e 404\n"
            + " http-error status 400 content-type t lf-string \"no %[src]\" hdr X y\n http-error status 500 default-errorfiles\n")
            .Proxies[0];
        Assert.Collection(proxy.Http.Errors,
            static error => Assert.Equal("/a!", Encoding.ASCII.GetString(((ErrorFileConfig)error).Content.AsSpan())),
            static error => Assert.Equal((403, 303, "/x"), Values((ErrorLocationConfig)error)),
            static error => Assert.Equal([404], ((ErrorSectionConfig)error).Statuses.AsEnumerable()),
            static error =>
            {
                HttpReplyConfig reply = ((ErrorReplyConfig)error).Reply;
                Assert.Equal((400, HttpReplyBody.FormatText, "no %[src]", "t"), (reply.Status, reply.Body, reply.Argument, reply.ContentType));
                Assert.Equal([("X", "y")], reply.Headers.Select(static header => (header.Name, header.Format)));
            },
            static error => Assert.Equal(HttpReplyBody.DefaultErrors, ((ErrorReplyConfig)error).Reply.Body));
    }

    [Fact]
    public void A_file_is_looked_for_where_default_path_says()
    {
        List<string> asked = [];
        _ = Read("global\n default-path origin /etc/errors\nbackend b\n" + Timeouts + " errorfile 503 away.http\n", asked);
        Assert.Equal(["/etc/errors/away.http"], asked);
    }

    [Fact]
    public void The_arguments_of_a_reply_end_at_a_condition()
    {
        DiagnosticBag findings = new();
        Word[] words = [.. "return status 201 content-type a string b if TRUE".Split(' ').Select(static text => new Word(text, Origin.None))];
        LineCursor line = new(words, 0, 1, Negation.None, findings);
        HttpReplyConfig reply = HttpReplyParser.Parse(line, NamedFiles.None, defaultStatus: 200)!;
        Assert.Equal((201, HttpReplyBody.Text, "b"), (reply.Status, reply.Body, reply.Argument));
        Assert.Equal("if", line.Peek.Text);
        Assert.Empty(findings.Items);
    }

    [Fact]
    public void Users_are_in_the_groups_of_both_kinds_of_lines()
    {
        UserListConfig list = Assert.Single(Read(
            "userlist u\n group g users b\n group h\n user a password $5$x groups h,g\n user b insecure-password c\nuserlist u\n user d\n")
            .UserLists);
        Assert.Equal(["a:$5$x:True:g,h", "b:c:False:g", "d:-:False:"], list.Users.Select(static user =>
            $"{user.Name}:{user.Password ?? "-"}:{user.IsHashed}:{string.Join(',', user.Groups)}"));
    }

    [Fact]
    public void A_cookie_keeps_all_its_attributes()
    {
        CookieConfig cookie = Backend(
            " cookie A insert indirect nocache postonly preserve httponly secure domain .x.y domain z.z maxidle 1500ms maxlife 365d"
            + " dynamic attr SameSite=None attr B\n").Http.Cookie!;
        Assert.Equal(("A", CookieMode.Insert), (cookie.Name, cookie.Mode));
        Assert.True(cookie is { IsIndirect: true, NoCache: true, PostOnly: true, Preserve: true, HttpOnly: true, Secure: true, IsDynamic: true });
        Assert.Equal([".x.y", "z.z"], cookie.Domains.AsEnumerable());
        Assert.Equal((2, 365 * 86400), (cookie.MaxIdleSeconds, cookie.MaxLifeSeconds));
        Assert.Equal(["SameSite=None", "B"], cookie.Attributes.AsEnumerable());
        Assert.Equal(CookieMode.Passive, Backend(" cookie A rewrite\n cookie B\n").Http.Cookie!.Mode);
    }

    [Theory]
    [InlineData("uri len 10 depth 2 whole path-only", BalanceAlgorithm.Uri)]
    [InlineData("url_param p check_post 64", BalanceAlgorithm.UrlParameter)]
    [InlineData("hdr(p) use_domain_only", BalanceAlgorithm.Header)]
    [InlineData("rdp-cookie", BalanceAlgorithm.RdpCookie)]
    [InlineData("hash req.hdr(p),lower", BalanceAlgorithm.Hash)]
    [InlineData("sticky", BalanceAlgorithm.Sticky)]
    [InlineData("log-hash lower", BalanceAlgorithm.RoundRobin)]
    public void An_algorithm_over_requests_keeps_its_arguments(string text, BalanceAlgorithm algorithm)
    {
        BalanceConfig balance = Backend($" balance {text}\n").Balance;
        Assert.Equal(algorithm, balance.Algorithm);
        bool isRight = algorithm switch
        {
            BalanceAlgorithm.Uri => balance is { UriLength: 10, UriDepth: 2, UriWhole: true, UriPathOnly: true },
            BalanceAlgorithm.UrlParameter => balance is { Name: "p", ChecksPost: true },
            BalanceAlgorithm.Header => balance is { Name: "p", UsesDomainOnly: true },
            BalanceAlgorithm.RdpCookie => balance.Name == "mstshash",
            BalanceAlgorithm.Hash => balance.Expression?.Value == "req.hdr(p),lower",
            _ => true,
        };
        Assert.True(isRight);
    }

    [Fact]
    public void A_tcp_proxy_gets_what_its_mode_has()
    {
        ProxyConfig proxy = Read(
            "listen l\n bind :1\n timeout client 1s\n timeout connect 1s\n timeout server 1s\n balance uri\n option httplog clf\n").Proxies[0];
        Assert.Equal(BalanceAlgorithm.RoundRobin, proxy.Balance.Algorithm);
        Assert.Equal(LogFormatKind.TcpClf, proxy.Logging.Format);
        Assert.Equal(LogFormatKind.HttpClf, Frontend(" option httplog clf\n").Logging.Format);
    }

    [Fact]
    public void The_statistics_page_collects_its_lines()
    {
        Assert.Null(Backend("").StatisticsPage);
        StatisticsPageConfig page = Read(
            "defaults\n stats auth a:b:c\n" + Timeouts
            + "backend b\n stats auth d\n stats scope .\n stats uri /s\n stats refresh 2m\n stats show-node\n stats show-desc for us\n")
            .Proxies[0].StatisticsPage!;
        Assert.Equal([new StatisticsAccount("a", "b:c"), new StatisticsAccount("d", "")], page.Accounts.AsEnumerable());
        Assert.Equal(("/s", 120, "for us", true), (page.Uri, page.RefreshSeconds, page.Description, page.ShowsNode));
        Assert.Equal(["."], page.Scope.AsEnumerable());
    }

    [Fact]
    public void Status_codes_are_replaced_extended_and_reduced()
    {
        HttpGlobalConfig http = Read("global\n http-err-codes 400-499 -450 +500\n http-err-codes -404,410-412\n").Global.Http;
        Assert.Equal([(400, 403), (405, 409), (413, 449), (451, 500)], http.ErrorCodes.Ranges.AsEnumerable());
        Assert.True(http.FailureCodes.Contains(500));
        Assert.False(http.FailureCodes.Contains(501));
        Assert.False(http.FailureCodes.Contains(600));
    }

    [Fact]
    public void Header_names_are_found_by_lower_case()
    {
        HttpGlobalConfig http = Read("global\n h1-case-adjust Content-LENGTH Content-Length\n h1-case-adjust-file /cases\n").Global.Http;
        Assert.Equal("Content-Length", http.HeaderCases["content-length"]);
        Assert.Equal("X-A", http.HeaderCases["x-a"]);
    }

    [Fact]
    public void Rules_keep_their_set_and_their_words()
    {
        RuleConfig rule = Frontend(" http-request deny if { src 10.0.0.1 }\n").Rules[0];
        Assert.Equal((RuleSetKind.HttpRequest, "http-request"), (rule.Set, rule.Keyword));
        Assert.Equal("deny if { src 10.0.0.1 }", string.Join(' ', rule.Words.Select(static word => word.Text)));
    }

    private static (int, int, string) Values(ErrorLocationConfig error) => (error.Status, error.RedirectStatus, error.Url);

    private static ProxyConfig Backend(string lines) => Read("backend b\n" + Timeouts + lines).Proxies[0];

    private static ProxyConfig Frontend(string lines) => Read("frontend f\n bind :1\n" + Timeouts + lines).Proxies[0];

    /// <summary>A file holds its name and an exclamation mark; <c>/cases</c> holds a pair.</summary>
    private static ConfigModel Read(string text, List<string>? asked = null)
    {
        ConfigurationEnvironment environment = new()
        {
            ReadFile = path =>
            {
                asked?.Add(path);
                return Encoding.ASCII.GetBytes(path == "/cases" ? "# pairs\n\nx-a X-A\n" : path + "!");
            },
        };
        ConfigurationResult result = ConfigurationReader.Read(
            [new ConfigurationSource("test.cfg", Encoding.UTF8.GetBytes(text))], environment);
        Assert.True(result.Model is not null, string.Join('\n', result.Diagnostics.Select(static item => item.Message)));
        return result.Model!;
    }
}

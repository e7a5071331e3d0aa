using Hawser.Control.Explain;
using Xunit;

namespace Hawser.Tests.Control.Explain;

/// <summary>Lines as HAProxy 2.6, HAProxy 3.5 and Hawser wrote them, and those of the manual (8.2), one per shape.</summary>
public static class RecordedLines
{
    public const string Tcp = "10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/5007 212 -- 0/0/0/0/3 0/0";
    public const string Http = "10.0.1.2:33317 [06/Feb/2009:12:14:14.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} \"GET /index.html HTTP/1.1\"";
    public const string Denied = "127.0.0.1:35028 [24/Nov/2026:13:47:35.769] web web/<NOSRV> 0/-1/-1/-1/0 403 192 SID=abc - PR-- 1/1/0/0/0 0/0 {Mozilla/5.0 (X11)} {} \"GET /deny HTTP/1.1\"";
    public const string Tarpitted = "127.0.0.1:35040 [24/Nov/2026:13:47:35.790] web web/<NOSRV> -1/201/-1/-1/200 500 208 - - PT-- 1/1/0/0/0 0/0 {curl/7.88.1} {} \"GET /tarpit HTTP/1.1\"";
    public const string Redirected = "127.0.0.1:35046 [24/Nov/2026:13:47:36.010] web web/<NOSRV> 0/-1/-1/-1/0 302 83 - - LR-- 1/1/0/0/0 0/0 {curl/7.88.1} {} \"GET /redir HTTP/1.1\"";
    public const string Refused = "127.0.0.1:35060 [24/Nov/2026:13:47:36.038] web dead/d1 0/0/-1/-1/302 503 217 - - SC-- 1/1/0/0/1 0/0 {curl/7.88.1} {} \"GET /dead HTTP/1.1\"";
    public const string Slow = "127.0.0.1:35068 [24/Nov/2026:13:47:36.361] web slow/s1 0/0/0/-1/301 504 198 - - sHNN 1/1/0/0/0 0/0 {curl/7.88.1} {} \"GET /slow HTTP/1.1\"";
    public const string Aborted = "127.0.0.1:44846 [24/Nov/2026:13:47:44.833] web slow/s1 0/0/0/-1/91 400 0 - - CHNN 1/1/0/0/0 0/0 {curl/7.88.1} {} \"GET /slow HTTP/1.1\"";
    public const string NoRequest = "127.0.0.1:35110 [24/Nov/2026:13:47:37.231] web web/<NOSRV> -1/-1/-1/-1/301 408 0 - - cR-- 1/1/0/0/0 0/0 \"<BADREQ>\"";
    public const string HttpClf = "127.0.0.1 - - [24/Nov/2026:13:47:36 +0000] \"GET /none HTTP/1.1\" 503 217 \"\" \"\" 59608 817 \"webclf\" \"none\" \"<NOSRV>\" 0 -1 -1 -1 0 SC-- 2 1 0 0 0 0 0 \"\" \"\" ";
    public const string TcpClf = "127.0.0.1 - - [24/Nov/2026:13:47:36 +0000] \"TCP \" 000 0 \"\" \"\" 59608 817 \"fe\" \"be\" \"s1\" 0 0 1 401 5 sD-- 1 1 0 0 0 0 0 \"\" \"\" ";
    public const string Https = "127.0.0.1:34926 [24/Nov/2026:13:47:36.861] secure~ secure/<NOSRV> 0/-1/-1/-1/0 200 73 - - LR-- 2/1/0/0/0 0/0 \"GET / HTTP/1.1\" 0/0000000000000000/0/0/0 -/TLSv1.3/TLS_AES_256_GCM_SHA384";
    public const string Handshake = "127.0.0.1:51844 [24/Nov/2026:13:47:44.991] secure/1: SSL handshake failure (error:0A00009C:SSL routines::http request)";
    public const string ProxyHeader = "127.0.0.1:56380 [24/Nov/2026:13:47:36.929] px/1: Received something which does not look like a PROXY protocol header";
    public const string Connect = "Connect from 10.0.1.2:33312 to 10.0.3.31:8012 (www/HTTP)";
    public const string ConnectUnix = "Connect to unix:1 (www/TCP)";
    public const string Silent = "127.0.0.1:46148 [24/Nov/2026:13:47:38.427] tcpf tslow/s1 1/0/401 0 sD 1/1/0/0/0 0/0";
    public const string Early = "10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt bck/srv1 0/0/+1 +0 -- 0/0/0/0/0 0/0";
    public const string Ledger = "10.0.1.2:33313 [06/Feb/2009:12:12:51.443] echo echo_servers/e1 0/1/10003 0 sD lost=0/6000 unconfirmed=12/0";
    public const string Redispatched = "unix:7 [06/Feb/2009:12:12:51.443] fnt bck/srv2 0/3004/3020 212 -- 9/8/7/6/+3 5/4";
    public const string ServerDown = "Server bck/srv1 is DOWN, reason: Layer4 connection problem, info: \"Connection refused\", check duration: 0ms. 0 active and 0 backup servers left.";

    public static TheoryData<string, LogLineKind> All => new()
    {
        { Tcp, LogLineKind.Tcp },
        { Http, LogLineKind.Http },
        { Denied, LogLineKind.Http },
        { Tarpitted, LogLineKind.Http },
        { Redirected, LogLineKind.Http },
        { Refused, LogLineKind.Http },
        { Slow, LogLineKind.Http },
        { Aborted, LogLineKind.Http },
        { NoRequest, LogLineKind.Http },
        { HttpClf, LogLineKind.HttpClf },
        { TcpClf, LogLineKind.TcpClf },
        { Https, LogLineKind.Https },
        { Handshake, LogLineKind.Error },
        { ProxyHeader, LogLineKind.Error },
        { Connect, LogLineKind.Connect },
        { ConnectUnix, LogLineKind.Connect },
        { Silent, LogLineKind.Tcp },
        { Early, LogLineKind.Tcp },
        { Ledger, LogLineKind.Tcp },
        { Redispatched, LogLineKind.Tcp },
        { ServerDown, LogLineKind.Process },
    };

    /// <summary>What HAProxy's formats and collectors put before a line.</summary>
    public static readonly string[] Prefixes =
    [
        "",
        "<134>Feb  6 12:12:56 haproxy[14387]: ",
        "<134>Feb  6 12:12:56 host.example.org haproxy[14387]: ",
        "<134>1 2026-11-23T09:08:01.123456+01:00 host haproxy 14387 - - ",
        "<134>1 2026-11-23T09:08:01.123456+01:00 host haproxy 14387 - [id@1 a=\"b\"] ",
        "<134>",
        "<6>",
        "<6>2026-11-23T09:08:01.123456+01:00 ",
        "2026-11-23T09:08:01.123456+01:00 ",
        "2026-11-23T09:08:01.123456+01:00 host haproxy[14387]: ",
        "Nov 24 13:47:36 host hawser[14387]: ",
        "Feb  6 12:12:56 localhost haproxy[14387]: ",
    ];
}

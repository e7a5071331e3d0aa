using System;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Article;

/// <summary>
/// The article's two ends with its own file and its own times: timeout server is 10 s, timeout client 30 s. Each
/// runs once with the file as it is and once with a log line that shows the ledger.
/// </summary>
public sealed class OriginalCases
{
    private const int ServerTimeoutMs = 10_000;
    private const int ClientTimeoutMs = 30_000;
    private const int SlackMs = 30_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_silent_for_ten_seconds_ends_as_sD_and_what_it_then_writes_is_counted(bool withLedger)
    {
        if (Missing(nameof(A_server_silent_for_ten_seconds_ends_as_sD_and_what_it_then_writes_is_counted)))
            return;
        using ArticleRun run = await ArticleRun.Start(withLedger);
        Peer client = await run.Connect();
        Peer server = await run.Accept();
        await client.Send(10);
        await server.WaitForBytes(10);
        await server.Send(10);
        await client.WaitForBytes(10);

        await Patience.Until(() => client.SawFin, "the client's FIN", ServerTimeoutMs + SlackMs);
        Assert.False(server.SawFin || server.SawReset, "the silent server must not be told");
        for (int i = 0; i < 6; i++)
            Assert.True(await server.Send(1000), "the late writes must succeed, which is the hazard");
        await run.Proxy.Idle();
        client.Close();

        await run.Rsyslog.WaitFor(withLedger ? "sD B=" : " 10 sD 1/1/0/0/0 0/0", SlackMs);
        Assert.Equal(10, client.Received);
        if (withLedger)
        {
            Assert.Equal(10, run.Ledger("B"));
            Assert.Equal(10, run.Ledger("U"));
            Assert.Equal(6000, run.Ledger("res_lost"));
            Assert.Equal(0, run.Ledger("req_lost"));
            Assert.Equal(0, run.Ledger("res_unconfirmed"));
            Assert.Equal(0, run.Ledger("req_unconfirmed"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_asleep_for_thirty_seconds_ends_as_cD_and_what_it_never_gets_is_counted(bool withLedger)
    {
        if (Missing(nameof(A_client_asleep_for_thirty_seconds_ends_as_cD_and_what_it_never_gets_is_counted)))
            return;
        using ArticleRun run = await ArticleRun.Start(withLedger);
        Peer client = await run.Connect(reads: false);
        Peer server = await run.Accept();
        await client.Send(10);
        await server.WaitForBytes(10);
        long written = await server.SendUntilStalled(64 << 20, run.Proxy);
        // What still stands in the server's own socket never reached the proxy; it is beyond any proxy's sight. The
        // kernels go on moving what they have room for, so the last look before the end counts.
        int unsent = 0;
        await Patience.Until(
            () =>
            {
                int now = SocketQueues.UnsentBytes(server.Socket);
                if (server.SawFin || server.SawReset)
                    return true;
                unsent = now;
                return false;
            },
            "the server's FIN",
            ClientTimeoutMs + SlackMs);
        long reachedProxy = written - unsent;
        await run.Rsyslog.WaitFor(withLedger ? "cD B=" : " cD 1/1/0/0/0 0/0", SlackMs);
        await server.WaitForFin();
        if (withLedger)
        {
            Assert.Equal(10, run.Ledger("U"));
            Assert.Equal(0, run.Ledger("req_lost"));
            Assert.Equal(reachedProxy - run.Ledger("out"), run.Ledger("res_lost"));
            long delivered = SocketQueues.UnreadBytes(client.Socket);
            Assert.Equal(run.Ledger("out") - delivered, run.Ledger("res_unconfirmed"));
        }
    }

    private static bool Missing(string test) =>
        Skipped.Because(test, ("hawser", Binaries.Hawser), ("rsyslogd", Binaries.InPath("rsyslogd")));
}

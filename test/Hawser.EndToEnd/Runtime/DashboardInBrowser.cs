using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Comparison;
using Hawser.EndToEnd.Http;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Xunit;

namespace Hawser.EndToEnd.Runtime;

/// <summary>
/// The dashboard as a browser shows it. With HAWSER_SCREENSHOTS naming a folder, what it looked like is left there: the
/// pictures in docs/images are made so.
/// </summary>
public sealed class DashboardInBrowser : IDisposable
{
    private readonly RecordingOrigin _origin = new("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"u8.ToArray());
    private readonly CancellationTokenSource _end = new();

    [Fact]
    public async Task It_shows_each_proxy_and_server_and_goes_on_by_itself_and_a_form_changes_a_server()
    {
        if (Skipped.Because(nameof(It_shows_each_proxy_and_server_and_goes_on_by_itself_and_a_form_changes_a_server),
            ("hawser", Binaries.Hawser), ("chromium", Binaries.InPath("chromium"))))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        using Chromium browser = new(Binaries.InPath("chromium")!);
        await browser.Open($"http://127.0.0.1:{port}/stats/dashboard", 1200, 640, isDark: false);
        await browser.Until("document.getElementById('link').textContent === 'live'", "events to come");
        Assert.Equal("www,own,app", await browser.Evaluate("[...document.querySelectorAll('.proxy h2')].map(name => name.textContent).join()"));
        Assert.Equal("s1,s2,off,follower",
            await browser.Evaluate("[...document.querySelectorAll('td.name span:nth-child(2)')].map(name => name.textContent).join()"));
        // A curve needs seconds: this is what moves.
        await browser.Until("document.querySelector('.spark path').getAttribute('d').split('L').length > 12", "some seconds of the curve");
        await browser.Until("!['–', '0'].includes(document.querySelector('#tiles .tile:nth-child(3) b').textContent)", "requests to be shown");
        await Keep(browser, "dashboard.png");
        await browser.Evaluate(
            "(() => { const box = document.querySelector('input[aria-label=s2]'); box.checked = true; const form = box.closest('.proxy').querySelector('form');"
            + " form.querySelector('select').value = 'maint'; form.requestSubmit(); })()");
        await browser.Until("document.querySelector('form.act span').textContent === 'Done.'", "the form's outcome");
        await browser.Until("document.querySelector('input[aria-label=s2]').closest('tr').querySelector('.dot').classList.contains('M')", "the server's new state");
        await browser.Until(
            "document.querySelector('input[aria-label=s2]').closest('tr').querySelector('.bar').title.includes('maintenance')", "its timeline");
    }

    [Fact]
    public async Task It_can_be_read_on_a_phone_and_in_the_dark()
    {
        if (Skipped.Because(nameof(It_can_be_read_on_a_phone_and_in_the_dark), ("hawser", Binaries.Hawser), ("chromium", Binaries.InPath("chromium"))))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        using Chromium browser = new(Binaries.InPath("chromium")!);
        await browser.Open($"http://127.0.0.1:{port}/stats/dashboard", 390, 844, isDark: true);
        await browser.Until("document.getElementById('link').textContent === 'live'", "events to come");
        await browser.Until("document.querySelector('.spark path').getAttribute('d').split('L').length > 12", "some seconds of the curve");
        Assert.Equal("True", await browser.Evaluate("document.documentElement.scrollWidth <= window.innerWidth"));
        Assert.Equal("rgb(16, 19, 24)", await browser.Evaluate("getComputedStyle(document.body).backgroundColor"));
        Assert.Equal("grid", await browser.Evaluate("getComputedStyle(document.querySelector('tbody tr')).display"));
        await Keep(browser, "dashboard-phone.png");
    }

    [Fact]
    public async Task The_classic_page_opens_and_its_form_is_complete()
    {
        if (Skipped.Because(nameof(The_classic_page_opens_and_its_form_is_complete), ("hawser", Binaries.Hawser), ("chromium", Binaries.InPath("chromium"))))
            return;
        int port = FreePort.Next(2);
        using CliProcess process = await Start(port);
        using Chromium browser = new(Binaries.InPath("chromium")!);
        await browser.Open($"http://127.0.0.1:{port}/stats;norefresh", 1500, 800, isDark: false);
        await browser.Until("document.readyState === 'complete' && document.querySelectorAll('section').length === 3", "the page");
        Assert.Equal("4", await browser.Evaluate("document.querySelectorAll('input[name=s]').length"));
        Assert.Equal("s1", await browser.Evaluate("document.getElementById('app/s1').textContent"));
        Assert.Equal("maintain", await browser.Evaluate("document.getElementById('app/off').closest('tr').className"));
        await browser.Evaluate("document.querySelector('tr.head input').click()");
        Assert.Equal("4", await browser.Evaluate("document.querySelectorAll('input[name=s]:checked').length"));
        await Keep(browser, "statistics.png");
    }

    public void Dispose()
    {
        _end.Cancel();
        _origin.Dispose();
        _end.Dispose();
    }

    private async Task<CliProcess> Start(int port)
    {
        CliProcess process = new(Binaries.Hawser!, StatisticsPage.Configuration(port, _origin.Port));
        await process.Proxy.Listening([port, port + 1]);
        _ = Traffic(port);
        return process;
    }

    private async Task Traffic(int port)
    {
        using HttpClient client = new();
        try
        {
            for (int i = 0; !_end.IsCancellationRequested; i++)
            {
                await client.GetStringAsync($"http://127.0.0.1:{port}/", _end.Token);
                await Task.Delay(i / 50 % 7, _end.Token);
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static async Task Keep(Chromium browser, string name)
    {
        byte[] picture = await browser.Screenshot();
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
        if (Environment.GetEnvironmentVariable("HAWSER_SCREENSHOTS") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, name), picture);
    }
}

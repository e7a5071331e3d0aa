using System;
using System.Diagnostics;
using System.IO;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;

namespace Hawser.EndToEnd.Runtime;

/// <summary>A headless browser with one page, told what to do over its debugging protocol.</summary>
internal sealed class Chromium : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-chromium-").FullName;
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private string _session = "";
    private int _lastId;

    /// <param name="binary">Where it is.</param>
    public Chromium(string binary)
    {
        ProcessStartInfo start = new(binary)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--hide-scrollbars",
                $"--user-data-dir={_folder}", "about:blank",
            },
        };
        _process = Process.Start(start)!;
    }

    /// <summary>A page of that size, in the light or in the dark.</summary>
    public async Task Open(string address, int width, int height, bool isDark)
    {
        string portFile = Path.Combine(_folder, "DevToolsActivePort");
        string[] lines = [];
        await Patience.Until(() => File.Exists(portFile) && (lines = File.ReadAllLines(portFile)).Length == 2, "the browser to start");
        await _socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"), CancellationToken.None);
        JsonElement target = await Send("Target.createTarget", new { url = "about:blank" });
        JsonElement attached = await Send("Target.attachToTarget", new { targetId = target.GetProperty("targetId").GetString(), flatten = true });
        _session = attached.GetProperty("sessionId").GetString()!;
        await Send("Emulation.setDeviceMetricsOverride", new { width, height, deviceScaleFactor = 1, mobile = width < 600 });
        await Send("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = isDark ? "dark" : "light" } } });
        await Send("Page.enable", new { });
        await Send("Page.navigate", new { url = address });
    }

    /// <summary>The value of an expression in the page, as text.</summary>
    public async Task<string> Evaluate(string expression)
    {
        JsonElement answer = await Send("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        JsonElement result = answer.GetProperty("result");
        return result.TryGetProperty("value", out JsonElement value) ? value.ToString() : result.ToString();
    }

    public async Task Until(string expression, string what) =>
        await Patience.Until(() => Evaluate(expression).GetAwaiter().GetResult() == "True", what);

    public async Task<byte[]> Screenshot()
    {
        JsonElement answer = await Send("Page.captureScreenshot", new { format = "png" });
        return answer.GetProperty("data").GetBytesFromBase64();
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<JsonElement> Send(string method, object parameters)
    {
        int id = ++_lastId;
        object message = _session.Length == 0
            ? new { id, method, @params = parameters }
            : new { id, method, @params = parameters, sessionId = _session };
        using CancellationTokenSource limit = new(Patience.LimitMs);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            using MemoryStream text = new();
            byte[] buffer = new byte[65536];
            WebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer, limit.Token);
                text.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            JsonElement answer = JsonDocument.Parse(Encoding.UTF8.GetString(text.ToArray())).RootElement;
            if (answer.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id)
                return answer.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException(answer.ToString());
        }
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Hawser.EndToEnd.Peers;
using Hawser.EndToEnd.Proxies;
using Hawser.EndToEnd.Runtime;

namespace Hawser.EndToEnd.Reloads;

/// <summary>What was seen in one storm.</summary>
internal sealed record StormReport
{
    public required string Program { get; init; }
    public int Reloads { get; init; }
    public int Sessions { get; init; }
    public long Requests { get; init; }
    public long Failed { get; init; }
    public long Resets { get; init; }
    public long IdleCloses { get; init; }
    public long TcpLost { get; init; }
    public long SlowestMs { get; init; }
    public string FirstFailure { get; init; } = "";

    /// <summary>The most processes at one time: the program and its children.</summary>
    public int Processes { get; init; }

    /// <summary>Columns of "show stat" that were lower than before.</summary>
    public IReadOnlyList<string> WentBack { get; init; } = [];

    /// <summary>
    /// The most resident bytes of all processes after a reload: in the first half without the first tenth, and in the
    /// second half.
    /// </summary>
    public long ResidentBefore { get; init; }
    public long ResidentAfter { get; init; }
    public double Seconds { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Program}: {Reloads} reloads in {Seconds:f1} s under {Sessions} live sessions; {Requests} exchanges, {Failed} failed, {Resets} resets, "
        + $"{TcpLost} tcp sessions lost, {IdleCloses} connections closed between requests; at most {Processes} processes; "
        + $"resident at most {ResidentBefore >> 10} KiB in the first half, {ResidentAfter >> 10} KiB in the second; slowest new connection {SlowestMs} ms; "
        + $"{WentBack.Count} counters went back{(FirstFailure.Length > 0 ? $"; first failure: {FirstFailure}" : "")}");
}

/// <summary>Reloads a proxy again and again while clients use it. The same for Hawser and for HAProxy's own reload.</summary>
internal static class Storm
{
    private const int Newcomers = 4;

    /// <summary>What must never be less than it was.</summary>
    private static readonly string[] s_growing = ["stot", "bin", "bout", "hrsp_2xx", "req_tot", "lbtot"];

    /// <param name="switches">"-W" for HAProxy, whose master process does the reloading; none for Hawser.</param>
    /// <param name="ofReload">How long after the signal the next may come: a condition.</param>
    public static async Task<StormReport> Run(string program, string binary, string[] switches, int reloads, int sessions)
    {
        string folder = Directory.CreateTempSubdirectory("hawser-storm-").FullName;
        using StormOrigin http = new(isHttp: true);
        using StormOrigin echo = new(isHttp: false);
        int tcpPort = FreePort.Next();
        int httpPort = FreePort.Next();
        string socket = Path.Combine(folder, "sock");
        string file = Path.Combine(folder, "cfg");
        void Write(int version) => File.WriteAllText(file, $"""
            global
                stats socket {socket} level admin mode 600
                nbthread 2
                maxconn 9000
            defaults
                timeout connect 5s
                timeout client 300s
                timeout server 300s
            frontend web
                mode http
                bind 127.0.0.1:{httpPort} backlog 4096
                http-request set-header x-version {version}
                default_backend pool
            backend pool
                mode http
                http-reuse safe
                server kept 127.0.0.1:{http.Port} check inter 1s
                server changed 127.0.0.1:{http.Port} weight {1 + version % 100}
            listen tcp
                mode tcp
                bind 127.0.0.1:{tcpPort} backlog 4096
                server kept 127.0.0.1:{echo.Port}

            """);
        Write(0);
        ProxyUnderTest proxy = ProxyUnderTest.Start(binary, [.. switches, "-f", file]);
        try
        {
            await proxy.Listening([tcpPort, httpPort]).ConfigureAwait(false);
            using StormClients clients = new(tcpPort, httpPort);
            await clients.Begin(sessions / 2, sessions - sessions / 2, Newcomers).ConfigureAwait(false);
            Dictionary<string, long> counters = [];
            List<string> wentBack = [];
            long before = 0;
            long after = 0;
            int processes = 1;
            Stopwatch clock = Stopwatch.StartNew();
            for (int version = 1; version <= reloads; version++)
            {
                Write(version);
                HashSet<int> workers = [.. Family(proxy.Pid)];
                long signalled = Environment.TickCount64;
                proxy.Signal(UnixSignal.User2);
                await Patience.Until(
                    () =>
                    {
                        // A master that is starting itself anew does not hear it.
                        if (switches.Length > 0 && Environment.TickCount64 - signalled > 1000)
                        {
                            signalled = Environment.TickCount64;
                            proxy.Signal(UnixSignal.User2);
                        }

                        return proxy.HasExited || HasReloaded(proxy, version, workers, switches);
                    },
                    $"reload {version}").ConfigureAwait(false);
                processes = Math.Max(processes, Family(proxy.Pid).Count());
                Compare(await CliClient.Ask(socket, "show stat\n").ConfigureAwait(false), counters, wentBack);
                // A new connection or ten under each configuration.
                long served = clients.Requests;
                await Patience.Until(() => clients.Requests >= served + 10, "ten exchanges").ConfigureAwait(false);
                long resident = Family(proxy.Pid).Sum(Resident);
                if (version > reloads / 2)
                    after = Math.Max(after, resident);
                else if (version > reloads / 10)
                    before = Math.Max(before, resident);
            }

            clock.Stop();
            await clients.End().ConfigureAwait(false);
            return new StormReport
            {
                Program = program,
                Reloads = reloads,
                Sessions = sessions,
                Requests = clients.Requests,
                Failed = clients.Failed,
                Resets = clients.Resets,
                IdleCloses = clients.IdleCloses,
                TcpLost = clients.TcpLost,
                SlowestMs = clients.SlowestMs,
                FirstFailure = clients.FirstFailure,
                Processes = processes,
                WentBack = wentBack,
                ResidentBefore = before,
                ResidentAfter = after,
                Seconds = clock.Elapsed.TotalSeconds,
            };
        }
        finally
        {
            int pid = proxy.Pid;
            int[] family = [.. Family(pid)];
            proxy.Dispose();
            foreach (int process in family.Where(process => process != pid))
                UnixSignals.Send(process, UnixSignal.Kill);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Hawser says so; a master of HAProxy has another worker.</summary>
    private static bool HasReloaded(ProxyUnderTest proxy, int version, HashSet<int> workers, string[] switches)
    {
        string output = proxy.Output;
        if (switches.Length == 0 || output.Contains("Reload #", StringComparison.Ordinal))
            return output.Contains($"Reload #{version} ", StringComparison.Ordinal);
        return Family(proxy.Pid).Any(process => !workers.Contains(process));
    }

    /// <summary>A process and its children.</summary>
    private static IEnumerable<int> Family(int parent)
    {
        if (!Directory.Exists($"/proc/{parent}"))
            yield break;
        yield return parent;
        string children = $"/proc/{parent}/task/{parent}/children";
        string text;
        try
        {
            text = File.Exists(children) ? File.ReadAllText(children) : "";
        }
        catch (IOException)
        {
            yield break;
        }

        foreach (string child in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            yield return int.Parse(child, CultureInfo.InvariantCulture);
    }

    /// <summary>0 for one that has just ended.</summary>
    private static long Resident(int process)
    {
        try
        {
            return ProcessFacts.ResidentBytes(process);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    private static void Compare(string csv, Dictionary<string, long> before, List<string> wentBack)
    {
        string[] lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
            return;
        string[] names = lines[0].TrimStart('#', ' ').Split(',');
        foreach (string line in lines.Skip(1))
        {
            string[] values = line.Split(',');
            // A process that is just being replaced may answer with half of it.
            if (values.Length < names.Length)
                continue;
            foreach (string column in s_growing)
            {
                int place = Array.IndexOf(names, column);
                if (place < 0 || !long.TryParse(values[place], CultureInfo.InvariantCulture, out long value))
                    continue;
                string key = $"{values[0]}/{values[1]} {column}";
                if (before.TryGetValue(key, out long last) && value < last)
                    wentBack.Add($"{key}: {last}, then {value}");
                before[key] = value;
            }
        }
    }
}

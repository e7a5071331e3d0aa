using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Hawser.Compare.Proxies;

namespace Hawser.Compare.Load;

/// <summary>The server behind the proxies in mode http: nginx, on the same core as the load.</summary>
internal sealed class NginxOrigin : IDisposable
{
    /// <summary>37 bytes.</summary>
    public const string Small = "/";
    public const string Medium = "/64k";
    public const string Large = "/1m";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly string _directory = Directory.CreateTempSubdirectory("hawser-origin").FullName;
    private readonly Process _process;

    public NginxOrigin()
    {
        Address = RunningProxy.FreeAddress();
        Random random = new(20_260);
        Write("64k", 64 * 1024);
        Write("1m", 1 << 20);
        string file = Path.Combine(_directory, "nginx.conf");
        File.WriteAllText(file, $$"""
            daemon off; master_process off; worker_processes 1;
            error_log /dev/null; pid {{_directory}}/pid;
            events { worker_connections 16384; }
            http {
              access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; keepalive_timeout 300s;
              server {
                listen {{Address}} backlog=4096;
                location = / { return 200 "37 bytes of content for each answer.\n"; }
                location / { root {{_directory}}; }
              }
            }
            """);
        _process = Process.Start(new ProcessStartInfo("nginx", ["-c", file]) { RedirectStandardError = true })!;
        long begin = Stopwatch.GetTimestamp();
        while (!Answers())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(begin) > s_patience)
                throw new InvalidOperationException("nginx does not start");
            Thread.Sleep(20);
        }

        void Write(string name, int length)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            File.WriteAllBytes(Path.Combine(_directory, name), bytes);
        }
    }

    public IPEndPoint Address { get; }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private bool Answers()
    {
        using Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Connect(Address);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

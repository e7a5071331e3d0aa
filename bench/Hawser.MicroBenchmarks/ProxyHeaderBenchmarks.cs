using System;
using BenchmarkDotNet.Attributes;
using Hawser.Base.Network;
using Hawser.Protocols.ProxyProtocol;

namespace Hawser.MicroBenchmarks;

/// <summary>Headers of the PROXY protocol, both versions and both ways.</summary>
public class ProxyHeaderBenchmarks
{
    private const int RoomBytes = 512;

    private readonly NetworkAddress _client = NetworkAddress.FromIPv4(0xC633644D, 41234);
    private readonly NetworkAddress _server = NetworkAddress.FromIPv4(0xCB007105, 443);
    private readonly byte[] _room = new byte[RoomBytes];
    private readonly byte[] _version1 = new byte[RoomBytes];
    private readonly byte[] _version2 = new byte[RoomBytes];
    private int _version1Length;
    private int _version2Length;

    [GlobalSetup]
    public void Prepare()
    {
        ProxyVersion1.TryWrite(_client, _server, _version1, out _version1Length);
        ProxyVersion2Writer.TryWrite(_client, _server, WithChecksum, _version2, out _version2Length);
    }

    [Benchmark]
    public bool WriteVersion1() => ProxyVersion1.TryWrite(_client, _server, _room, out _);

    [Benchmark]
    public bool WriteVersion2() => ProxyVersion2Writer.TryWrite(_client, _server, WithChecksum, _room, out _);

    [Benchmark]
    public bool ReadVersion1() => Read(_version1.AsSpan(0, _version1Length));

    [Benchmark]
    public bool ReadVersion2() => Read(_version2.AsSpan(0, _version2Length));

    private static ProxyVersion2Options WithChecksum => new() { HasChecksum = true };

    private static bool Read(ReadOnlySpan<byte> header) =>
        ProxyHeaderParser.Parse(header, RoomBytes, out _) == ProxyHeaderResult.Ok;
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using Hawser.Base.Network;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Balancing;
using Hawser.Proxy.Streams.Keys;
using Xunit;

namespace Hawser.Tests.Proxy.Balancing;

public sealed class HaproxyVectorTests
{
    [Theory]
    [InlineData("roundrobin.txt", 260)]
    [InlineData("static-rr.txt", 113)]
    [InlineData("leastconn.txt", 63)]
    [InlineData("first.txt", 21)]
    [InlineData("hash.txt", 24)]
    [InlineData("source.txt", 6)]
    [InlineData("hash-balance-factor.txt", 40)]
    [InlineData("hash-without-key.txt", 20)]
    [InlineData("hash-turns.txt", 210)]
    public void The_servers_are_chosen_in_the_order_recorded_from_haproxy(string file, int vectors)
    {
        int count = 0;
        foreach (HaproxyVector vector in HaproxyVector.Read(file))
        {
            count++;
            Replay(vector);
        }

        Assert.Equal(vectors, count);
    }

    private static void Replay(HaproxyVector vector)
    {
        Farm farm = Build(vector);
        for (int index = 0; index < vector.Steps.Count; index++)
        {
            string[] words = vector.Steps[index].Split(' ');
            string[] seen = Play(farm, vector.Balance, words[0], words[1..]);
            if (seen.Length > 0)
                Assert.True(seen.SequenceEqual(words[1..]), Explain(vector, index, seen));
        }
    }

    /// <summary>Does one step; returns who was chosen, in the words of the recording.</summary>
    private static string[] Play(Farm farm, string balance, string verb, string[] operands)
    {
        switch (verb)
        {
            case "get":
                return Array.ConvertAll(operands, _ => farm.Get()?.Name ?? "-");
            case "open":
                return Array.ConvertAll(operands, _ => farm.Open()?.Name ?? "queued");
            case "key":
                return Array.ConvertAll(operands, operand => ByKey(farm, operand, NumericKey));
            case "source":
                return Array.ConvertAll(operands, operand => ByKey(farm, operand, text => SourceKeyOf(text, balance)));
            case "hold":
                return Array.ConvertAll(operands, operand => HeldByKey(farm, operand, text => SourceKeyOf(text, balance)));
            case "close":
                farm.Close(Number(operands[0]));
                break;
            case "weight":
                farm.SetWeight(Number(operands[0]), Number(operands[1]));
                break;
            case "add":
                farm.Add(Number(operands[0]), Option(operands, "weight") ?? 1);
                break;
            case "del":
                farm.Remove(Number(operands[0]));
                break;
            case "disable" or "enable":
                farm.SetMaintenance(Number(operands[0]), verb == "disable");
                break;
            default:
                throw new InvalidOperationException($"no such step: {verb}");
        }

        return [];
    }

    private static Farm Build(HaproxyVector vector)
    {
        List<Server> servers = [];
        List<int> dead = [];
        foreach (string line in vector.Servers)
        {
            string[] words = line.Split(' ');
            int number = Number(words[0]);
            servers.Add(Farm.NewServer(number, Option(words, "weight") ?? 1, Option(words, "maxconn") ?? 0, Option(words, "id")));
            if (Option(words, "key") is { } key)
                servers[^1].RingKey = (uint)key;
            if (words.Contains("dead"))
                dead.Add(number);
        }

        Farm farm = new(() => NewBalancer(vector.Balance), [.. servers]);
        dead.ForEach(farm.Kill);
        return farm;
    }

    private static Balancer NewBalancer(string balance) => balance switch
    {
        "balance roundrobin" => new RoundRobin(),
        "balance static-rr" => new StaticRoundRobin(),
        "balance leastconn" => new LeastConn(),
        "balance first" => new First(),
        _ when balance.StartsWith("hash-type consistent", StringComparison.Ordinal) => new ConsistentHash(Factor(balance)),
        _ when balance.StartsWith("hash-type map-based", StringComparison.Ordinal) => new MapHash(),
        _ => throw new InvalidOperationException($"no such balancer: {balance}"),
    };

    /// <summary>The number behind "hash-balance-factor"; 0 without it.</summary>
    private static int Factor(string balance)
    {
        const string factor = ", hash-balance-factor ";
        int at = balance.IndexOf(factor, StringComparison.Ordinal);
        return at < 0 ? 0 : Number(balance[(at + factor.Length)..]);
    }

    /// <param name="operand">key=server</param>
    private static string ByKey(Farm farm, string operand, Func<string, BalanceKey> keyOf)
    {
        string text = operand[..operand.IndexOf('=', StringComparison.Ordinal)];
        return $"{text}={farm.Get(keyOf(text))?.Name ?? "-"}";
    }

    private static string HeldByKey(Farm farm, string operand, Func<string, BalanceKey> keyOf)
    {
        string text = operand[..operand.IndexOf('=', StringComparison.Ordinal)];
        return $"{text}={farm.Open(keyOf(text))?.Name ?? "-"}";
    }

    private static BalanceKey NumericKey(string text) =>
        new(uint.Parse(text, CultureInfo.InvariantCulture), HasKey: true);

    private static BalanceKey SourceKeyOf(string address, string balance)
    {
        byte[] bytes = IPAddress.Parse(address).GetAddressBytes();
        NetworkAddress client = bytes.Length == 4 ? NetworkAddress.FromIPv4(bytes, 1) : NetworkAddress.FromIPv6(bytes, 1);
        bool isAvalanche = balance is "hash-type consistent" || Factor(balance) > 0 || balance.EndsWith(" avalanche", StringComparison.Ordinal);
        return SourceKey.Of(client, new HashTypeConfig { IsAvalanche = isAvalanche });
    }

    private static int? Option(string[] words, string name)
    {
        int index = Array.IndexOf(words, name);
        return index < 0 ? null : Number(words[index + 1]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Explain(HaproxyVector vector, int step, string[] seen) =>
        $"{vector.File} line {vector.Line}: {vector.Balance}, step {step + 1}\n"
        + $"HAProxy: {vector.Steps[step]}\nHawser:  {string.Join(' ', seen)}";
}

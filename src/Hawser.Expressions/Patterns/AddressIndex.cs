using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using Hawser.Base.Network;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// Networks by hash, a probe for each distinct mask length, the longest first: at most 33 for IPv4 and 129 for IPv6,
/// whatever their number. Masks with holes are compared one by one. An IPv6 address that stands for an IPv4 one is
/// looked up as that, too, and the other way round (manual, section 7.1.6).
/// </summary>
internal sealed class AddressIndex : PatternIndex
{
    private readonly ConcurrentDictionary<(UInt128 Network, int Bits), PatternEntry[]> _ipv4 = new();
    private readonly ConcurrentDictionary<(UInt128 Network, int Bits), PatternEntry[]> _ipv6 = new();
    private readonly SortedDictionary<int, int> _ipv4Counts = [];
    private readonly SortedDictionary<int, int> _ipv6Counts = [];
    private int[] _ipv4Bits = [];
    private int[] _ipv6Bits = [];
    private PatternEntry[] _withHoles = [];

    public override SampleType InputType => SampleType.Address;

    public override string? Add(PatternEntry entry)
    {
        string text = Encoding.UTF8.GetString(entry.Text);
        if (!NetworkPattern.TryParse(text, out NetworkPattern network)) return $"'{text}' is not a valid IPv4 or IPv6 address";
        entry.Compiled = network;
        if (network.Bits < 0)
        {
            Volatile.Write(ref _withHoles, With(_withHoles, entry));
            return null;
        }

        ConcurrentDictionary<(UInt128, int), PatternEntry[]> table = network.IsIPv4 ? _ipv4 : _ipv6;
        (UInt128, int) key = (network.Network, network.Bits);
        table[key] = table.TryGetValue(key, out PatternEntry[]? same) ? With(same, entry) : [entry];
        Count(network, 1);
        return null;
    }

    public override void Remove(PatternEntry entry)
    {
        if (entry.Compiled is not NetworkPattern network) return;
        if (network.Bits < 0)
        {
            Volatile.Write(ref _withHoles, Without(_withHoles, entry));
            return;
        }

        ConcurrentDictionary<(UInt128, int), PatternEntry[]> table = network.IsIPv4 ? _ipv4 : _ipv6;
        (UInt128, int) key = (network.Network, network.Bits);
        if (!table.TryGetValue(key, out PatternEntry[]? same)) return;
        PatternEntry[] rest = Without(same, entry);
        if (rest.Length == 0) table.TryRemove(key, out _);
        else table[key] = rest;
        Count(network, -1);
    }

    public override PatternEntry? Find(scoped in Sample sample)
    {
        NetworkAddress address = sample.Address;
        PatternEntry? found = FindIn(in address);
        if (found is not null) return found;
        if (address.Family == AddressFamily.IPv4) return FindIn(address.ToIPv6());
        return address.TryToIPv4(out NetworkAddress shorter) ? FindIn(in shorter) : null;
    }

    private PatternEntry? FindIn(in NetworkAddress address)
    {
        bool isIPv4 = address.Family == AddressFamily.IPv4;
        UInt128 value = NetworkPattern.ValueOf(in address);
        foreach (int bits in Volatile.Read(ref isIPv4 ? ref _ipv4Bits : ref _ipv6Bits))
        {
            UInt128 network = value & NetworkPattern.MaskOf(bits, isIPv4 ? 32 : 128);
            if ((isIPv4 ? _ipv4 : _ipv6).TryGetValue((network, bits), out PatternEntry[]? same)) return same[0];
        }

        foreach (PatternEntry entry in Volatile.Read(ref _withHoles))
        {
            NetworkPattern pattern = (NetworkPattern)entry.Compiled!;
            if (pattern.IsIPv4 == isIPv4 && (value & pattern.Mask) == pattern.Network) return entry;
        }

        return null;
    }

    private void Count(NetworkPattern network, int change)
    {
        SortedDictionary<int, int> counts = network.IsIPv4 ? _ipv4Counts : _ipv6Counts;
        int count = counts.GetValueOrDefault(network.Bits) + change;
        if (count == 0) counts.Remove(network.Bits);
        else counts[network.Bits] = count;
        int[] bits = [.. counts.Keys];
        Array.Reverse(bits);
        if (network.IsIPv4) Volatile.Write(ref _ipv4Bits, bits);
        else Volatile.Write(ref _ipv6Bits, bits);
    }
}

using System;
using System.Text;
using System.Threading;
using Hawser.Base.Network;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// Networks by hash, a table for each distinct mask length, the longest first: at most 33 for IPv4 and 129 for IPv6,
/// whatever their number. Masks with holes are compared one by one. An IPv6 address that stands for an IPv4 one is
/// looked up as that, too, and the other way round (manual, section 7.1.6).
/// </summary>
internal sealed class AddressIndex : PatternIndex
{
    private const int IPv4Bits = 32;
    private const int IPv6Bits = 128;

    private readonly EntryTable?[] _ipv4 = new EntryTable?[IPv4Bits + 1];
    private readonly EntryTable?[] _ipv6 = new EntryTable?[IPv6Bits + 1];

    /// <summary>The lengths of which there are networks, the longest first.</summary>
    private int[] _ipv4Lengths = [];
    private int[] _ipv6Lengths = [];
    private PatternEntry[] _withHoles = [];

    public override SampleType InputType => SampleType.Address;

    public override string? Add(PatternEntry entry)
    {
        if (!NetworkPattern.TryParse(entry.Text, out NetworkPattern network))
            return $"'{Encoding.UTF8.GetString(entry.Text)}' is not a valid IPv4 or IPv6 address";
        if (network.Bits < 0)
        {
            entry.Compiled = network;
            Volatile.Write(ref _withHoles, With(_withHoles, entry));
            return null;
        }

        // A network of IPv4 is known by its hash; of the others, which are fewer, the number is kept.
        if (!network.IsIPv4) entry.Compiled = network.Network;
        EntryTable?[] tables = network.IsIPv4 ? _ipv4 : _ipv6;
        EntryTable table = tables[network.Bits] ??= new EntryTable();
        table.Add(entry, HashOf(network));
        if (table.Count == 1) ListLengths(network.IsIPv4);
        return null;
    }

    public override void Remove(PatternEntry entry)
    {
        if (!NetworkPattern.TryParse(entry.Text, out NetworkPattern network)) return;
        if (network.Bits < 0)
        {
            Volatile.Write(ref _withHoles, Without(_withHoles, entry));
            return;
        }

        EntryTable? table = (network.IsIPv4 ? _ipv4 : _ipv6)[network.Bits];
        if (table is not null && table.Remove(entry, HashOf(network)) && table.Count == 0) ListLengths(network.IsIPv4);
    }

    public override PatternEntry? Find(scoped in Sample sample)
    {
        NetworkAddress address = sample.Address;
        if (address.Family == AddressFamily.IPv4)
        {
            PatternEntry? found = FindIPv4(address.IPv4Value);
            return found ?? (HasIPv6 ? FindIPv6(address.ToIPv6()) : null);
        }

        return FindIPv6(in address) ?? (address.TryToIPv4(out NetworkAddress shorter) ? FindIPv4(shorter.IPv4Value) : null);
    }

    private bool HasIPv6 => Volatile.Read(ref _ipv6Lengths).Length > 0 || Volatile.Read(ref _withHoles).Length > 0;

    private PatternEntry? FindIPv4(uint address)
    {
        foreach (int bits in Volatile.Read(ref _ipv4Lengths))
        {
            uint network = bits == 0 ? 0 : address & (uint.MaxValue << (IPv4Bits - bits));
            if (_ipv4[bits]!.Find(HashOf(network, bits), default(AnyKey)) is { } entry) return entry;
        }

        return FindWithHoles(address, isIPv4: true);
    }

    private PatternEntry? FindIPv6(in NetworkAddress address)
    {
        UInt128 value = NetworkPattern.ValueOf(in address);
        foreach (int bits in Volatile.Read(ref _ipv6Lengths))
        {
            UInt128 network = value & NetworkPattern.MaskOf(bits, IPv6Bits);
            if (_ipv6[bits]!.Find(HashOf(network), new LongKey(network)) is { } entry) return entry;
        }

        return FindWithHoles(value, isIPv4: false);
    }

    private PatternEntry? FindWithHoles(UInt128 value, bool isIPv4)
    {
        foreach (PatternEntry entry in Volatile.Read(ref _withHoles))
        {
            NetworkPattern pattern = (NetworkPattern)entry.Compiled!;
            if (pattern.IsIPv4 == isIPv4 && (value & pattern.Mask) == pattern.Network) return entry;
        }

        return null;
    }

    private static int HashOf(in NetworkPattern network) =>
        network.IsIPv4 ? HashOf((uint)network.Network, network.Bits) : HashOf(network.Network);

    /// <summary>
    /// Each network of a length has another one, since shifts of a number can be taken out of it again from its top down.
    /// Neighbours stay neighbours: lists are mostly sorted, and a table that is filled in order is filled from the cache.
    /// </summary>
    private static int HashOf(uint network, int bits)
    {
        uint number = bits == 0 ? 0 : network >> (IPv4Bits - bits);
        return (int)(number ^ (number >> 8) ^ (number >> 16));
    }

    private static int HashOf(UInt128 network)
    {
        ulong hash = ((ulong)(network >> 64) * 0x9E3779B97F4A7C15) ^ ((ulong)network * 0xC2B2AE3D27D4EB4F);
        return (int)(hash ^ (hash >> 32));
    }

    private void ListLengths(bool isIPv4)
    {
        EntryTable?[] tables = isIPv4 ? _ipv4 : _ipv6;
        int[] lengths = new int[tables.Length];
        int count = 0;
        for (int bits = tables.Length - 1; bits >= 0; bits--)
        {
            if (tables[bits] is { Count: > 0 }) lengths[count++] = bits;
        }

        Array.Resize(ref lengths, count);
        Volatile.Write(ref isIPv4 ? ref _ipv4Lengths : ref _ipv6Lengths, lengths);
    }

    /// <summary>The hash says it all.</summary>
    private readonly struct AnyKey : IEntryKey
    {
        public bool Is(PatternEntry entry) => true;
    }

    private readonly struct LongKey(UInt128 network) : IEntryKey
    {
        private readonly UInt128 _network = network;

        public bool Is(PatternEntry entry) => entry.Compiled is UInt128 own && own == _network;
    }
}

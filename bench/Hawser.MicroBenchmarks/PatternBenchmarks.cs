using System;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Hawser.Base.Network;
using Hawser.Expressions.Patterns;
using Hawser.Expressions.Samples;

namespace Hawser.MicroBenchmarks;

/// <summary>One look-up in lists of growing length: what is found stands in the middle of the list.</summary>
public class PatternBenchmarks
{
    private PatternIndex _index = null!;
    private byte[] _text = [];
    private NetworkAddress _address;

    [Params(10, 1_000, 1_000_000)]
    public int Count { get; set; }

    [Params("str", "ip", "beg", "end", "sub", "dom", "dir", "reg")]
    public string Method { get; set; } = "";

    [GlobalSetup]
    public void Load()
    {
        MatchMethod method = MatchMethods.Find(Method)!.Value;
        _index = PatternIndex.For(method, ignoresCase: false, new RegexLibrary());
        // A million compiled expressions are gigabytes, and nobody writes them.
        int count = method == MatchMethod.Regex ? Math.Min(Count, 1000) : Count;
        for (int number = 0; number < count; number++)
        {
            if (_index.Add(new PatternEntry(number, Encoding.ASCII.GetBytes(Pattern(method, number)), null)) is { } problem)
                throw new InvalidOperationException(problem);
        }

        int middle = count / 2;
        _text = Encoding.ASCII.GetBytes(method switch
        {
            MatchMethod.String => Name(middle),
            MatchMethod.Prefix => $"/{Name(middle)}/and/the/rest/of/a/path",
            MatchMethod.Suffix => $"www.static.{Name(middle)}.example",
            MatchMethod.Domain => $"www.static.{Name(middle)}.example.com",
            _ => $"/some/path/{Name(middle)}/page.html?x=1",
        });
        _ = NetworkAddress.TryParse(Network(middle).AsSpan(0, Network(middle).IndexOf('/')), out _address);
    }

    [Benchmark]
    public bool Find()
    {
        Sample sample = default;
        if (Method == "ip") sample.SetAddress(in _address);
        else sample.SetString(_text);
        return _index.Find(in sample) is not null;
    }

    private static string Pattern(MatchMethod method, int number) => method switch
    {
        MatchMethod.Address => Network(number),
        MatchMethod.Prefix => $"/{Name(number)}/",
        MatchMethod.Suffix => $".{Name(number)}.example",
        MatchMethod.Regex => $"/{Name(number)}/",
        _ => Name(number),
    };

    private static string Name(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(uint)number * 2654435761 % 1_000_003:x}-item{number}");

    private static string Network(int number) => string.Create(
        CultureInfo.InvariantCulture, $"{10 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}.0/24");
}

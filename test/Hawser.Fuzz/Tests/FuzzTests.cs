using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Hawser.Config.Binding;
using Hawser.Fuzz.Mutations;
using Hawser.Fuzz.Runs;
using Hawser.Fuzz.Targets;
using Xunit;
using Xunit.Abstractions;

namespace Hawser.Fuzz.Tests;

/// <summary>What CI runs: some seconds of each target, with a seed that stays and one that each change draws anew.</summary>
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private const ulong FixedSeed = 1;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("hawser-fuzz-").FullName;

    public static TheoryData<string> Targets => [.. TargetTable.All.Select(static target => target.Name)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Targets))]
    public void Nothing_breaks_with_the_fixed_seed(string name) => Run(name, FixedSeed);

    /// <summary>The compiler derives it from the sources: the same sources draw the same inputs.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void Nothing_breaks_with_a_new_seed(string name) =>
        Run(name, BinaryPrimitives.ReadUInt64LittleEndian(typeof(ConfigurationReader).Module.ModuleVersionId.ToByteArray()));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Each_target_has_a_corpus(string name) => Assert.InRange(Corpus.Of(TargetTable.Find(name)!).Count, 8, 200);

    [Fact]
    public void The_planted_fault_is_found_and_made_small()
    {
        FuzzResult result = new FuzzRun(new CanaryTarget(), FixedSeed, _folder).Run(TimeSpan.FromMinutes(1));
        Assert.NotNull(result.Finding);
        Assert.Equal("HAW!", Encoding.ASCII.GetString(result.Finding.Input));
        Assert.Equal(result.Finding.Input, File.ReadAllBytes(result.Finding.Path));
    }

    [Fact]
    public void A_seed_repeats_its_inputs()
    {
        FuzzTarget target = TargetTable.Find("proxy-header")!;
        FuzzResult first = new FuzzRun(target, FixedSeed, _folder).Run(TimeSpan.FromMinutes(1), maximum: 3000);
        FuzzResult second = new FuzzRun(target, FixedSeed, _folder).Run(TimeSpan.FromMinutes(1), maximum: 3000);
        Assert.Equal((first.Inputs, first.Outcomes), (second.Inputs, second.Outcomes));
    }

    [Fact]
    public void An_input_is_shrunk_to_what_breaks() => Assert.Equal(
        "xy"u8.ToArray(), Minimiser.Shrink("aaaaxbbbbbycc"u8.ToArray(), static bytes => ContainsInOrder(bytes, "xy")));

    [Fact]
    public void The_corpus_writes_bytes_as_escapes()
    {
        Assert.Equal([(byte)'a', 13, 10, 255, (byte)'\\'], Corpus.Read(@"a\r\n\xff\\"));
        Assert.Throws<FormatException>(() => Corpus.Read(@"\q"));
    }

    private static bool ContainsInOrder(byte[] bytes, string letters)
    {
        int found = 0;
        foreach (byte value in bytes)
            found += found < letters.Length && value == letters[found] ? 1 : 0;
        return found == letters.Length;
    }

    private void Run(string name, ulong seed)
    {
        FuzzResult result = new FuzzRun(TargetTable.Find(name)!, seed, _folder).Run(s_limit);
        output.WriteLine($"seed {seed}: {result.Inputs} inputs, {result.Outcomes} different outcomes");
        Assert.True(result.Finding is null, result.Finding is { } finding
            ? $"seed {seed}: {finding.Problem}\n{Escaped(finding.Input)}"
            : "");
    }

    private static string Escaped(IEnumerable<byte> bytes) => string.Concat(bytes.Select(static value => value switch
    {
        (byte)'\\' => @"\\",
        >= 32 and < 127 => ((char)value).ToString(),
        _ => $@"\x{value:x2}",
    }));
}

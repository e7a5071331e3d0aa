using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Hawser.Fuzz.Runs;
using Hawser.Fuzz.Targets;
using SharpFuzz;

namespace Hawser.Fuzz.Commands;

/// <summary>Runs one target or all of them and tells what broke.</summary>
internal sealed class FuzzCommand(CommandOptions options, TextWriter output)
{
    private const int MaximumInputBytes = 1 << 16;

    public int Run()
    {
        if (options.Export is { } folder)
            return ExportCorpus(folder);
        if (options.File is { } file)
            return TryFile(options.Target!, file);
        switch (options.Driver)
        {
            case FuzzDriver.Afl:
                Fuzzer.OutOfProcess.Run(stream => _ = options.Target!.Run(ReadAll(stream)));
                return 0;
            case FuzzDriver.LibFuzzer:
                Fuzzer.LibFuzzer.Run(bytes => _ = options.Target!.Run(bytes));
                return 0;
        }

        ulong seed = options.Seed ?? (ulong)DateTime.UtcNow.Ticks / 10_000;
        IReadOnlyList<FuzzTarget> targets = options.Target is { } only ? [only] : TargetTable.All;
        int broken = 0;
        foreach (FuzzTarget target in targets)
        {
            Directory.CreateDirectory(options.Folder);
            FuzzResult result = new FuzzRun(target, seed, options.Folder).Run(TimeSpan.FromSeconds(options.Seconds));
            output.WriteLine($"{target.Name,-16} seed {seed}: {result.Inputs} inputs, {result.Outcomes} different outcomes");
            if (result.Finding is not { } finding)
                continue;
            broken++;
            output.WriteLine($"  BROKEN: {finding.Problem}");
            output.WriteLine($"  {finding.Input.Length} bytes, in {finding.Path}: ./fuzz --target {target.Name} --file {finding.Path}");
        }

        return broken == 0 ? 0 : 1;
    }

    private int TryFile(FuzzTarget target, string file)
    {
        string? problem = FuzzRun.ProblemOf(target, File.ReadAllBytes(file));
        output.WriteLine(problem is null ? "holds" : $"BROKEN: {problem}");
        return problem is null ? 0 : 1;
    }

    private static int ExportCorpus(string folder)
    {
        foreach (FuzzTarget target in TargetTable.All)
        {
            string own = Path.Combine(folder, target.Name);
            Directory.CreateDirectory(own);
            int number = 0;
            foreach (byte[] input in Corpus.Of(target))
                File.WriteAllBytes(Path.Combine(own, (number++).ToString("D3", CultureInfo.InvariantCulture)), input);
        }

        return 0;
    }

    private static byte[] ReadAll(Stream stream)
    {
        byte[] buffer = new byte[MaximumInputBytes];
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..length];
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace Hawser.Conformance.Suite;

/// <summary>
/// The project's own list: which of HAProxy's tests pass, and why the others do not. One line each, by name:
/// <c>name TAB wave TAB pass</c>, or <c>skip: reason</c> at the end.
/// </summary>
internal sealed class ExpectationList
{
    /// <summary>Of a test that the list does not have.</summary>
    public const string UnknownWave = "?";

    private const string FileName = "upstream-tests.tsv";
    private const string Pass = "pass";
    private const string Skip = "skip: ";

    private readonly SortedDictionary<string, Expectation> _byName = new(StringComparer.Ordinal);

    private ExpectationList()
    {
    }

    public IReadOnlyCollection<Expectation> All => _byName.Values;

    public Expectation? Find(string name) => _byName.GetValueOrDefault(name);

    public void Set(Expectation expectation) => _byName[expectation.Name] = expectation;

    public void Remove(string name) => _byName.Remove(name);

    /// <summary>The file of the checkout that this program was built from.</summary>
    public static string DefaultPath()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hawser.slnx")))
                return Path.Combine(folder.FullName, "test", "Hawser.Conformance", FileName);
        }

        throw new FileNotFoundException($"no checkout above {AppContext.BaseDirectory}");
    }

    /// <exception cref="FormatException">A line has another form, or a name occurs twice.</exception>
    public static ExpectationList Parse(string text)
    {
        ExpectationList list = new();
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#'))
                continue;
            string[] parts = line.Split('\t');
            if (parts.Length != 3 || Read(parts) is not { } expectation || !list._byName.TryAdd(parts[0], expectation))
                throw new FormatException($"not a line of the list, or a second one for its name: {line}");
        }

        return list;
    }

    public string Print()
    {
        StringBuilder text = new("# HAProxy's tests, by name: wave, then pass or the reason why not. Written by ./conformance --update.\n");
        foreach (Expectation line in _byName.Values)
            text.Append(line.Name).Append('\t').Append(line.Wave).Append('\t').Append(line.SkipReason is { } reason ? Skip + reason : Pass).Append('\n');
        return text.ToString();
    }

    private static Expectation? Read(string[] parts)
    {
        if (parts[2] == Pass)
            return new Expectation(parts[0], parts[1], null);
        return parts[2].StartsWith(Skip, StringComparison.Ordinal) && parts[2].Length > Skip.Length
            ? new Expectation(parts[0], parts[1], parts[2][Skip.Length..])
            : null;
    }
}

using System.Threading;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>Regular expressions, tried in the order of the list.</summary>
internal sealed class RegexIndex(RegexLibrary regexes, bool ignoresCase) : PatternIndex
{
    private EntryList _entries = EntryList.Empty;

    public override SampleType InputType => SampleType.String;

    public override string? Add(PatternEntry entry)
    {
        entry.Compiled = regexes.Compile(entry.Text, ignoresCase, out string? problem);
        if (problem is null) Volatile.Write(ref _entries, _entries.With(entry));
        return problem;
    }

    public override void Remove(PatternEntry entry) => Volatile.Write(ref _entries, _entries.Without(entry));

    public override PatternEntry? Find(scoped in Sample sample)
    {
        foreach (PatternEntry entry in Volatile.Read(ref _entries).Span)
        {
            if (((Regex)entry.Compiled!).IsMatch(sample.Bytes)) return entry;
        }

        return null;
    }
}

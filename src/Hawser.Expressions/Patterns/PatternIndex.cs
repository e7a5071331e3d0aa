using System.Collections.Generic;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// Patterns arranged for one matching method. Looking up is lock-free and allocates nothing; changes come from one
/// thread at a time (the list's lock) and are seen by look-ups at once.
/// </summary>
public abstract class PatternIndex
{
    /// <summary>What a sample is cast to before it is looked up.</summary>
    public abstract SampleType InputType { get; }

    /// <summary>A look-up may cost so much that its answer is worth remembering (<see cref="Samples.AnswerCache"/>).</summary>
    public virtual bool IsSlow => false;

    /// <summary>So many patterns will be added.</summary>
    public virtual void Reserve(int count)
    {
    }

    /// <returns>What is wrong with the pattern, in HAProxy's words; null when it was added.</returns>
    public abstract string? Add(PatternEntry entry);

    public abstract void Remove(PatternEntry entry);

    /// <summary>The entry that matches a sample of <see cref="InputType"/>; null when none does.</summary>
    public abstract PatternEntry? Find(scoped in Sample sample);

    /// <param name="method">Not <see cref="MatchMethod.Found"/> or <see cref="MatchMethod.Boolean"/>, which look nothing up.</param>
    public static PatternIndex For(MatchMethod method, bool ignoresCase, RegexLibrary regexes) => method switch
    {
        MatchMethod.Integer or MatchMethod.Length => new RangeIndex(method == MatchMethod.Length),
        MatchMethod.Address => new AddressIndex(),
        MatchMethod.Binary => new KeyIndex(KeyPlace.Whole, ignoresCase, isBinary: true),
        MatchMethod.String => new KeyIndex(KeyPlace.Whole, ignoresCase, isBinary: false),
        MatchMethod.Prefix => new KeyIndex(KeyPlace.Start, ignoresCase, isBinary: false),
        MatchMethod.Suffix => new KeyIndex(KeyPlace.End, ignoresCase, isBinary: false),
        MatchMethod.Substring => new SubstringIndex(ignoresCase),
        MatchMethod.Directory => new PartIndex(ofDomain: false, ignoresCase),
        MatchMethod.Domain => new PartIndex(ofDomain: true, ignoresCase),
        _ => new RegexIndex(regexes, ignoresCase),
    };

    /// <summary>A copy of a list with one more, or one less: for lists that are read while they change.</summary>
    protected static PatternEntry[] With(PatternEntry[] entries, PatternEntry entry)
    {
        PatternEntry[] result = new PatternEntry[entries.Length + 1];
        entries.CopyTo(result, 0);
        result[^1] = entry;
        return result;
    }

    /// <inheritdoc cref="With"/>
    protected static PatternEntry[] Without(PatternEntry[] entries, PatternEntry entry)
    {
        List<PatternEntry> rest = [.. entries];
        rest.Remove(entry);
        return [.. rest];
    }
}

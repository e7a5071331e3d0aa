using System;
using System.Collections.Generic;
using System.Threading;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// One index over a list: what an ACL or a map converter looks up in. Look-ups come from any loop; changes from the
/// list, under its lock.
/// </summary>
public sealed class PatternUse
{
    private readonly Func<PatternIndex> _makeIndex;
    private readonly PatternValueReader? _readValue;

    /// <summary>By the order of their lines; null where the lines are the entries.</summary>
    private Dictionary<long, PatternEntry>? _entries;
    private PatternIndex _index;

    /// <summary>Stands for what the list is now; null after a change, until somebody asks.</summary>
    private object? _version;

    /// <param name="isFirst">Its list's: the lines themselves are its entries.</param>
    internal PatternUse(MatchMethod method, bool ignoresCase, Func<PatternIndex> makeIndex, PatternValueReader? readValue, bool isFirst)
    {
        _entries = isFirst ? null : [];
        Method = method;
        IgnoresCase = ignoresCase;
        _makeIndex = makeIndex;
        _readValue = readValue;
        _index = makeIndex();
    }

    public MatchMethod Method { get; }

    public bool IgnoresCase { get; }

    /// <summary>Null when it is for no values.</summary>
    internal PatternValueReader? ValueReader => _readValue;

    public PatternIndex Index => Volatile.Read(ref _index);

    /// <inheritdoc cref="PatternIndex.Find"/>
    public PatternEntry? Find(scoped in Sample sample) => Index.Find(in sample);

    /// <summary>The same, where answers of slow look-ups are remembered.</summary>
    public PatternEntry? Find(scoped in Sample sample, AnswerCache answers)
    {
        // The version is read first: a change that comes meanwhile makes the answer one of an old version.
        if (!Index.IsSlow || !answers.IsInUse) return Index.Find(in sample);
        object version = Volatile.Read(ref _version) ?? NewVersion();
        if (answers.TryFind(version, sample.Bytes, out ulong hash, out object? known)) return known as PatternEntry;
        PatternEntry? found = Index.Find(in sample);
        answers.Add(version, hash, found);
        return found;
    }

    private object NewVersion()
    {
        object version = new();
        return Interlocked.CompareExchange(ref _version, version, null) ?? version;
    }

    internal string? Add(PatternIndex index, PatternLine line) => Add(index, _entries, line);

    internal void Add(PatternLine line, NumberRange range)
    {
        PatternEntry entry = EntryOf(line);
        ((RangeIndex)_index).Add(entry, range);
        if (_entries is not null) _entries[line.Order] = entry;
        Changed();
    }

    internal void Remove(PatternLine line)
    {
        PatternEntry? entry = line;
        if (_entries is null || _entries.Remove(line.Order, out entry)) _index.Remove(entry);
        Changed();
    }

    /// <summary>Another value for a line; its text is the line's own to keep.</summary>
    internal string? Change(PatternLine line, string text)
    {
        StoredSample? value = null;
        if (_readValue is not null && (value = _readValue(text)) is null) return $"unable to parse '{text}'";
        PatternEntry? entry = line;
        if (_entries is not null && !_entries.TryGetValue(line.Order, out entry)) return null;
        entry.ValueText = text;
        entry.Value = value;
        return null;
    }

    /// <summary>An index over other lines, aside from the current one; null when one of them is wrong.</summary>
    /// <param name="lines">Of no other index of the list's first use.</param>
    internal PatternIndexDraft? Build(PatternLines lines, out string? problem)
    {
        PatternIndexDraft draft = new(_makeIndex(), _entries is null ? null : []);
        draft.Index.Reserve(lines.Count);
        problem = null;
        foreach (PatternLine line in lines)
        {
            problem = Add(draft.Index, draft.Entries, line);
            if (problem is not null) return null;
        }

        return draft;
    }

    internal void Replace(PatternIndexDraft draft)
    {
        _entries = draft.Entries;
        Volatile.Write(ref _index, draft.Index);
        Changed();
    }

    /// <summary>After a change can be seen: what is remembered is no answer any more.</summary>
    private void Changed() => Volatile.Write(ref _version, null);

    internal void Clear() => Replace(new PatternIndexDraft(_makeIndex(), _entries is null ? null : []));

    private string? Add(PatternIndex index, Dictionary<long, PatternEntry>? entries, PatternLine line)
    {
        StoredSample? value = null;
        if (_readValue is not null && (value = _readValue(line.ValueText ?? "")) is null) return $"unable to parse '{line.ValueText}'";
        PatternEntry entry = EntryOf(line);
        entry.Value = value;
        entry.Compiled = null;
        if (index.Add(entry) is { } problem) return problem;
        if (entries is not null) entries[line.Order] = entry;
        Changed();
        return null;
    }

    private PatternEntry EntryOf(PatternLine line) => _entries is null ? line : new PatternEntry(line.Order, line.Text, line.ValueText);
}

/// <summary>An index that is not in use yet, and its entries by their order where they are not the lines.</summary>
internal sealed record PatternIndexDraft(PatternIndex Index, Dictionary<long, PatternEntry>? Entries);

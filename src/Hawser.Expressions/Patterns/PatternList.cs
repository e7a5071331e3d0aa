using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>Reads a map's value; null when the text is none of its type.</summary>
public delegate StoredSample? PatternValueReader(string text);

/// <summary>
/// A list of patterns, or a map from patterns to values: a file, a virtual file, or what stands on an "acl" line
/// (manual, section 2.7). What uses it has an index of its own, for its matching method. Changes are seen by all loops
/// at once; a new version is filled aside and takes the place of the current one in one step.
/// </summary>
/// <param name="name">The file's name, or empty for the patterns of an "acl" line.</param>
/// <param name="id">What the runtime API calls it: #id.</param>
public sealed class PatternList(string name, int id, bool isMap)
{
    private readonly Lock _gate = new();
    private readonly List<PatternUse> _uses = [];
    private readonly Dictionary<uint, PatternLines> _pending = [];
    private PatternLines _lines = [];
    private long _nextOrder;
    private uint _nextVersion = 1;

    public string Name => name;

    public int Id { get; internal set; } = id;

    public bool IsMap => isMap;

    /// <summary>The version that look-ups see.</summary>
    public uint Version { get; private set; }

    /// <summary>The newest version that was prepared; <see cref="Version"/> when there is none.</summary>
    public uint NextVersion
    {
        get
        {
            lock (_gate) return Math.Max(Version, _nextVersion - 1);
        }
    }

    /// <summary>What "show map" says of where it comes from.</summary>
    public string Description { get; set; } = "";

    /// <summary>Grows with every change of the current version since it was loaded; 0: it is as its file was.</summary>
    public long Changes { get; private set; }

    /// <summary>What the file held when it was loaded; 0 for none.</summary>
    internal ulong ContentHash { get; set; }

    /// <summary>The list of the running configuration whose lines it has taken over, and at which of its changes.</summary>
    public PatternList? Before { get; private set; }

    private long _changesTaken;
    private bool _takesChanges;

    /// <summary>Lines from this one on came at run time.</summary>
    private long _firstChangeOrder;

    /// <summary>The lines of another list as they are now, in place of all; for one that only a reload knows yet.</summary>
    internal void TakeLines(PatternList before)
    {
        Before = before;
        _changesTaken = before.Changes;
        PatternLine[] lines = before.Lines;
        lock (_gate)
        {
            PatternLines taken = [];
            taken.Reserve(lines.Length);
            foreach (PatternUse use in _uses)
            {
                use.Clear();
                use.Index.Reserve(lines.Length);
            }

            foreach (PatternLine other in lines)
            {
                // The other list goes on with its own until the reload takes place.
                PatternLine line = new(other.Order, other.Text, other.ValueText, other.FileLine);
                bool isTaken = true;
                foreach (PatternUse use in _uses) isTaken &= use.Add(use.Index, line) is null;
                if (isTaken) taken.Add(line);
                _nextOrder = Math.Max(_nextOrder, line.Order + 1);
            }

            _lines = taken;
            Changes = before.Changes;
        }
    }

    /// <summary>As its file or its line is.</summary>
    internal void Loaded()
    {
        Changes = 0;
        _firstChangeOrder = _nextOrder;
    }

    /// <summary>
    /// What was done to the patterns of a line that reads the same: those that were taken from it are taken, those that
    /// were added are added. Of numbers an operator ("gt") is known for those of the line itself only, so they stay.
    /// </summary>
    internal void TakeChanges(PatternList before)
    {
        Before = before;
        _takesChanges = true;
        _changesTaken = before.Changes;
        PatternLine[] lines = before.Lines;
        HashSet<long> kept = [];
        foreach (PatternLine line in lines)
        {
            if (line.Order < before._firstChangeOrder) kept.Add(line.Order);
        }

        lock (_gate)
        {
            foreach (PatternLine line in _lines.ToArray())
            {
                if (line.Order < _firstChangeOrder && kept.Contains(line.Order)) continue;
                foreach (PatternUse use in _uses) use.Remove(line);
                _lines.Remove(line);
            }
        }

        foreach (PatternLine line in lines)
        {
            if (line.Order >= before._firstChangeOrder) _ = Add(line.Text, line.ValueText, 0);
        }

        lock (_gate) Changes = before.Changes;
    }

    /// <summary>What was changed in the list before while the new configuration was built.</summary>
    internal void CatchUp()
    {
        if (Before is { } before && before.Changes != _changesTaken)
        {
            if (_takesChanges) TakeChanges(before);
            else TakeLines(before);
        }

        Before = null;
    }

    /// <summary>Of the current version and of those that are prepared.</summary>
    public int CountOfAll
    {
        get
        {
            lock (_gate)
            {
                int count = _lines.Count;
                foreach (PatternLines pending in _pending.Values) count += pending.Count;
                return count;
            }
        }
    }

    /// <summary>Lines that it has ever had, those of reloads before included.</summary>
    public long CountOfAdded
    {
        get
        {
            lock (_gate) return _nextOrder;
        }
    }

    /// <summary>What looks up in it.</summary>
    public PatternUse[] Uses
    {
        get
        {
            lock (_gate) return [.. _uses];
        }
    }

    public int Count
    {
        get
        {
            lock (_gate) return _lines.Count;
        }
    }

    /// <summary>The current lines, in order.</summary>
    public PatternLine[] Lines
    {
        get
        {
            lock (_gate) return _lines.ToArray();
        }
    }

    /// <summary>
    /// An index over the list for a matching method, of all lines that there are and will be; those who want the same share
    /// it.
    /// </summary>
    /// <param name="readValue">For maps: makes the value that look-ups return.</param>
    /// <param name="problem">What is wrong with a line there is, with its place in the file.</param>
    public PatternUse? Use(
        MatchMethod method, bool ignoresCase, PatternValueReader? readValue, RegexLibrary regexes, out string? problem)
    {
        lock (_gate)
        {
            problem = null;
            PatternUse? same = _uses.Find(other =>
                other.Method == method && other.IgnoresCase == ignoresCase && other.ValueReader == readValue);
            if (same is not null) return same;
            PatternUse use = new(method, ignoresCase, () => PatternIndex.For(method, ignoresCase, regexes), readValue, isFirst: _uses.Count == 0);
            use.Index.Reserve(_lines.Count);
            foreach (PatternLine line in _lines)
            {
                problem = use.Add(use.Index, line);
                if (problem is null) continue;
                if (line.FileLine > 0) problem += $" at line {line.FileLine} of file '{name}'";
                return null;
            }

            _uses.Add(use);
            problem = null;
            return use;
        }
    }

    /// <returns>What is wrong, in HAProxy's words; then nothing has changed.</returns>
    public string? Add(string key, string? value, int fileLine = 0) => Add(Encoding.UTF8.GetBytes(key), value, fileLine);

    /// <summary>So many lines will be added.</summary>
    internal void Reserve(int count)
    {
        lock (_gate) _lines.Reserve(count);
    }

    /// <param name="key">Belongs to the list from now on.</param>
    internal string? Add(byte[] key, string? value, int fileLine)
    {
        lock (_gate)
        {
            PatternLine line = new(_nextOrder++, key, value, fileLine);
            for (int index = 0; index < _uses.Count; index++)
            {
                if (_uses[index].Add(_uses[index].Index, line) is not { } problem) continue;
                for (int undone = 0; undone < index; undone++) _uses[undone].Remove(line);
                return problem;
            }

            _lines.Add(line);
            Changes++;
            return null;
        }
    }

    /// <summary>Adds a number or range that an operator made of a pattern; for a list with one use.</summary>
    public void Add(NumberRange range, PatternUse use, string text)
    {
        lock (_gate)
        {
            PatternLine line = new(_nextOrder++, Encoding.UTF8.GetBytes(text), null, 0);
            use.Add(line, range);
            _lines.Add(line);
            Changes++;
        }
    }

    /// <summary>The lines of a prepared version, or of the current one; none when there is no such version.</summary>
    public PatternLine[] LinesOf(uint version)
    {
        lock (_gate)
        {
            if (version == Version) return _lines.ToArray();
            return _pending.TryGetValue(version, out PatternLines? lines) ? lines.ToArray() : [];
        }
    }

    /// <summary>Empties a prepared version, or the current one; nothing happens when there is no such version.</summary>
    public void Clear(uint version)
    {
        if (version == Version) Clear();
        lock (_gate)
        {
            if (_pending.TryGetValue(version, out PatternLines? lines)) lines.Clear();
        }
    }

    /// <param name="order">Of one line.</param>
    /// <returns>False when there is no such line.</returns>
    public bool RemoveLine(long order)
    {
        lock (_gate)
        {
            if (_lines.Find(order) is not { } line) return false;
            foreach (PatternUse use in _uses) use.Remove(line);
            _lines.Remove(line);
            Changes++;
            return true;
        }
    }

    /// <summary>Changes the value of one line, or of all with a key; adds none.</summary>
    /// <param name="order">Of the line; null: by <paramref name="key"/>.</param>
    /// <param name="isFound">False when there is no such line.</param>
    /// <returns>What is wrong with the value; null on success.</returns>
    public string? Change(long? order, string key, string value, out bool isFound)
    {
        lock (_gate)
        {
            ReadOnlySpan<long> orders = order is { } one ? [one] : _lines.OrdersOf(Encoding.UTF8.GetBytes(key));
            isFound = !orders.IsEmpty && (order is null || _lines.Find(orders[0]) is not null);
            return isFound ? Change(orders, value) : null;
        }
    }

    /// <summary>Whether there is a line with that key.</summary>
    public bool Contains(string key)
    {
        lock (_gate) return !_lines.OrdersOf(Encoding.UTF8.GetBytes(key)).IsEmpty;
    }

    /// <returns>How many lines with that key there were.</returns>
    public int Remove(string key)
    {
        lock (_gate)
        {
            ReadOnlySpan<long> orders = _lines.OrdersOf(Encoding.UTF8.GetBytes(key));
            foreach (long order in orders)
            {
                PatternLine line = _lines.Find(order)!;
                foreach (PatternUse use in _uses) use.Remove(line);
                _lines.Remove(line);
                Changes++;
            }

            return orders.Length;
        }
    }

    /// <summary>Changes the value of all lines with a key; adds one when there is none ("set-map").</summary>
    /// <returns>What is wrong with the value or key, or null.</returns>
    public string? Set(string key, string value)
    {
        lock (_gate)
        {
            ReadOnlySpan<long> orders = _lines.OrdersOf(Encoding.UTF8.GetBytes(key));
            return orders.IsEmpty ? Add(key, value) : Change(orders, value);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _lines = [];
            Changes++;
            foreach (PatternUse use in _uses) use.Clear();
        }
    }

    /// <summary>Begins a new, empty version that nobody sees until <see cref="TryCommit"/>.</summary>
    public uint Prepare()
    {
        lock (_gate)
        {
            uint version = _nextVersion++;
            _pending.Add(version, []);
            return version;
        }
    }

    /// <summary>Adds a line to a prepared version; it is checked when the version is committed.</summary>
    /// <returns>False when there is no such version.</returns>
    public bool TryAdd(uint version, string key, string? value)
    {
        lock (_gate)
        {
            if (!_pending.TryGetValue(version, out PatternLines? lines)) return false;
            lines.Add(new PatternLine(_nextOrder++, Encoding.UTF8.GetBytes(key), value, 0));
            return true;
        }
    }

    /// <summary>Puts a prepared version in the place of the current one; older prepared versions are dropped.</summary>
    /// <returns>Null on success; otherwise what is wrong, and the current version stays.</returns>
    public string? Commit(uint version)
    {
        lock (_gate)
        {
            if (!_pending.TryGetValue(version, out PatternLines? lines)) return "Version number out of range.";
            List<PatternIndexDraft> drafts = [];
            foreach (PatternUse use in _uses)
            {
                PatternIndexDraft? draft = use.Build(lines, out string? problem);
                if (draft is null) return problem;
                drafts.Add(draft);
            }

            for (int place = 0; place < drafts.Count; place++) _uses[place].Replace(drafts[place]);
            _lines = lines;
            Changes++;
            Version = version;
            foreach (uint older in new List<uint>(_pending.Keys))
            {
                if (older <= version) _pending.Remove(older);
            }

            return null;
        }
    }

    /// <summary>Under the gate.</summary>
    private string? Change(ReadOnlySpan<long> orders, string value)
    {
        foreach (long order in orders)
        {
            PatternLine line = _lines.Find(order)!;
            foreach (PatternUse use in _uses)
            {
                if (use.Change(line, value) is { } problem) return problem;
            }

            line.ValueText = value;
            Changes++;
        }

        return null;
    }
}

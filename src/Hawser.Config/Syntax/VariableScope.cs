using System;
using System.Collections.Generic;
using System.Globalization;

namespace Hawser.Config.Syntax;

/// <summary>
/// The variables a line may refer to: the process's environment as changed by setenv and its family, and the pseudo
/// variables of the place being read (manual, 2.3).
/// </summary>
public sealed class VariableScope
{
    private const string FileVariable = ".FILE";
    private const string LineVariable = ".LINE";
    private const string SectionVariable = ".SECTION";

    private readonly Dictionary<string, string> _values;
    private readonly List<KeyValuePair<string, string?>> _changes = [];

    public VariableScope(IReadOnlyDictionary<string, string> initial)
    {
        _values = new Dictionary<string, string>(initial, StringComparer.Ordinal);
    }

    /// <summary>For <c>.FILE</c>.</summary>
    public string File { get; set; } = "";

    /// <summary>For <c>.LINE</c>, 1-based.</summary>
    public int Line { get; set; }

    /// <summary>For <c>.SECTION</c>: the section's name, or its type when it has none; empty before the first.</summary>
    public string Section { get; set; } = "";

    /// <summary>What was set (value) or removed (null) since the start, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Changes => _changes;

    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The value, or null when the variable does not exist.</summary>
    public string? Find(string name) => name switch
    {
        FileVariable => File,
        LineVariable => Line.ToString(CultureInfo.InvariantCulture),
        SectionVariable => Section,
        _ => _values.GetValueOrDefault(name),
    };

    public bool Exists(string name) => _values.ContainsKey(name);

    /// <summary>Null removes.</summary>
    public void Set(string name, string? value)
    {
        if (value is null) _values.Remove(name);
        else _values[name] = value;
        _changes.Add(new KeyValuePair<string, string?>(name, value));
    }
}

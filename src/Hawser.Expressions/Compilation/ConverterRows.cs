using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Expressions.Compilation;

/// <summary>The converters that expressions are compiled against, by name. Put together once.</summary>
public sealed class ConverterRows
{
    private readonly FrozenDictionary<string, ConverterRow> _rows;

    /// <exception cref="ArgumentException">Two rows have the same name.</exception>
    public ConverterRows(params IEnumerable<ConverterRow>[] families) =>
        _rows = families.SelectMany(family => family)
            .ToDictionary(row => row.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(StringComparer.Ordinal);

    public IEnumerable<ConverterRow> All => _rows.Values;

    public ConverterRow? Find(string name) => _rows.GetValueOrDefault(name);
}

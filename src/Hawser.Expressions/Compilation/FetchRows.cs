using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Expressions.Compilation;

/// <summary>The fetch methods that expressions are compiled against, by name. Put together once.</summary>
public sealed class FetchRows
{
    private readonly FrozenDictionary<string, FetchRow> _rows;

    /// <exception cref="ArgumentException">Two rows have the same name.</exception>
    public FetchRows(IEnumerable<FetchRow> rows) =>
        _rows = rows.ToDictionary(row => row.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    public IEnumerable<FetchRow> All => _rows.Values;

    public FetchRow? Find(string name) => _rows.GetValueOrDefault(name);
}

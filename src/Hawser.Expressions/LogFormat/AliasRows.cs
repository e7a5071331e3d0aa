using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Linq;

namespace Hawser.Expressions.LogFormat;

/// <summary>The aliases that formats are compiled against, by name. Put together once.</summary>
public sealed class AliasRows
{
    private readonly FrozenDictionary<string, AliasRow> _rows;

    /// <exception cref="ArgumentException">Two rows have the same name.</exception>
    public AliasRows(IEnumerable<AliasRow> rows) =>
        _rows = rows.ToDictionary(row => row.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    public IEnumerable<AliasRow> All => _rows.Values;

    public AliasRow? Find(string name) => _rows.GetValueOrDefault(name);
}

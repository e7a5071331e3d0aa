using System.Collections.Generic;
using Hawser.Expressions.Compilation;

namespace Hawser.Expressions.Fetches;

/// <summary>The fetch methods that need nothing of the data plane: a family per file.</summary>
public static class FetchFamilies
{
    public static IEnumerable<FetchRow> All { get; } =
    [
        .. ConstantFetches.Rows,
        .. VariableFetches.Rows,
        .. DateFetches.Rows,
        .. EnvironmentFetches.Rows,
        .. AclFetches.Rows,
    ];
}

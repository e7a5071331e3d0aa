using System.Collections.Generic;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Config.Syntax;

namespace Hawser.Config.Keywords;

/// <summary>What keywords of the global section write to.</summary>
public sealed class GlobalContext
{
    public GlobalContext(VariableScope variables)
    {
        Variables = variables;
    }

    public GlobalConfig Config { get; set; } = new();

    public VariableScope Variables { get; }

    /// <summary>Keywords seen, with their place, for those that may stand once only.</summary>
    public Dictionary<string, Origin> Seen { get; } = [];
}

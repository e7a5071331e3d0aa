using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Compilation;

/// <summary>Where the ACLs that an argument names are found.</summary>
public abstract class NamedConditions
{
    /// <summary>Null for a name that is none.</summary>
    public abstract NamedCondition? FindCondition(string name);
}

/// <summary>An ACL as an expression asks it.</summary>
public abstract class NamedCondition
{
    /// <returns>Null when it cannot be told yet.</returns>
    public abstract bool? Holds(SampleSource source);
}

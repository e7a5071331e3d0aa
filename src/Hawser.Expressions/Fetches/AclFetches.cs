using System.Collections.Generic;
using System.Linq;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Fetches;

/// <summary>ACLs as samples (manual, section 7.3.2).</summary>
public static class AclFetches
{
    private const int MaximumNames = 12;

    public static FetchRow[] Rows { get; } =
    [
        new(
            "acl",
            ArgumentSignature.Of(1, [.. Enumerable.Repeat(ArgumentType.Text, MaximumNames)]),
            SampleType.Boolean,
            FetchContexts.Anywhere,
            All,
            "2.9",
            "whether all the named ACLs hold; ! before a name inverts it")
        {
            Prepare = Prepare,
        },
    ];

    private sealed record Use(NamedCondition Condition, bool IsNegated);

    private static string? Prepare(Arguments arguments, CompileContext context)
    {
        List<Use> uses = [];
        for (int index = 0; index < arguments.Count; index++)
        {
            string name = arguments.String(index);
            bool isNegated = name.StartsWith('!');
            if (isNegated) name = name[1..];
            if (context.Conditions?.FindCondition(name) is not { } condition) return $"ACL '{name}' not found";
            uses.Add(new Use(condition, isNegated));
        }

        arguments.Prepared = uses.ToArray();
        return null;
    }

    /// <summary>An ACL is an expression of its own: the scratch of this one is left alone.</summary>
    private static bool All(SampleSource source, Arguments arguments, ref Sample sample)
    {
        if (!source.Scratch.TryEnter()) return false;
        bool holds = true;
        bool isKnown = true;
        foreach (Use use in (Use[])arguments.Prepared!)
        {
            bool? one = use.Condition.Holds(source);
            isKnown = one.HasValue;
            holds = isKnown && one!.Value != use.IsNegated;
            if (!holds) break;
        }

        source.Scratch.Leave();
        sample.MayChange = !isKnown;
        sample.SetBoolean(holds);
        return isKnown;
    }
}

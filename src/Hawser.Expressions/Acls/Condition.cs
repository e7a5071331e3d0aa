using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Acls;

/// <summary>What stands behind "if" or "unless" (manual, section 7.2): ACLs joined by and, these groups by or.</summary>
public sealed class Condition
{
    private readonly AclUse[][] _groups;
    private readonly bool _isUnless;

    internal Condition(AclUse[][] groups, bool isUnless)
    {
        _groups = groups;
        _isUnless = isUnless;
    }

    /// <summary>Whether the rule applies; <see cref="AclResult.Undecided"/> when more data may tell.</summary>
    public AclResult Evaluate(SampleSource source)
    {
        AclResult result = AclResult.Fail;
        foreach (AclUse[] group in _groups)
        {
            AclResult all = AclResult.Pass;
            foreach (AclUse use in group)
            {
                AclResult one = use.Acl.Evaluate(source);
                if (use.IsNegated) one = Negate(one);
                if (one < all) all = one;
                if (all == AclResult.Fail) break;
            }

            if (all > result) result = all;
            if (result == AclResult.Pass) break;
        }

        return _isUnless ? Negate(result) : result;
    }

    private static AclResult Negate(AclResult result) => (AclResult)(AclResult.Pass - result);
}

internal readonly record struct AclUse(Acl Acl, bool IsNegated);

namespace Hawser.Expressions.Acls;

/// <summary>
/// The answer of an ACL or condition. Ordered, so that "and" is the smaller and "or" the larger one.
/// </summary>
public enum AclResult : byte
{
    Fail,

    /// <summary>Not known before more data has come.</summary>
    Undecided,
    Pass,
}

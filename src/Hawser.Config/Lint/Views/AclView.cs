using Hawser.Config.Syntax;

namespace Hawser.Config.Lint.Views;

/// <summary>An <c>acl</c> line.</summary>
public sealed record AclView(Statement Statement, Word Name, Criterion Criterion)
{
    /// <summary>Null for a line that declares none.</summary>
    internal static AclView? Read(Statement statement) =>
        statement is { IsNegated: false, Count: > 2 } && statement.Is("acl")
        && Criterion.Parse(statement.Words[2..]) is { } criterion
            ? new AclView(statement, statement[1], criterion)
            : null;
}

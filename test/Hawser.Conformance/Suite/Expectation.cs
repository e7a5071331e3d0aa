namespace Hawser.Conformance.Suite;

/// <summary>A line of the list.</summary>
/// <param name="Wave">When its subject is built: a number in the order of building, or why it never is.</param>
/// <param name="SkipReason">Null: it passes. Otherwise why it does not, in a line.</param>
internal sealed record Expectation(string Name, string Wave, string? SkipReason)
{
    public bool Passes => SkipReason is null;

    /// <summary>The first folder of the name.</summary>
    public static string FolderOf(string name) => name.Split('/')[0];
}

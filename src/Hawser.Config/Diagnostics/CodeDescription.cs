namespace Hawser.Config.Diagnostics;

/// <summary>What the documentation says about a code.</summary>
/// <param name="Title">A few words, without a full stop.</param>
/// <param name="Meaning">When it is reported.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Page">The page below docs/ that has it under an anchor of its own.</param>
public sealed record CodeDescription(string Code, string Title, string Meaning, string Remedy, string Page)
{
    /// <summary>Where to read on, relative to the project.</summary>
    public string Link => $"{Page}#{Code.ToLowerInvariant()}";
}

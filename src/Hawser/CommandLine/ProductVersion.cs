namespace Hawser.CommandLine;

/// <summary>
/// The names of this version. Scripts take the third word of the first line of <c>-v</c> for HAProxy's version, so it
/// begins with the release whose behaviour is matched.
/// </summary>
public static class ProductVersion
{
    /// <summary>Hawser's own version, as in Directory.Build.props.</summary>
    public const string Own = "0.1.0";

    /// <summary>The HAProxy branch whose manual is the specification (<c>-vqb</c>).</summary>
    public const string CompatibleBranch = "3.5";

    /// <summary>What <c>version_atleast()</c> compares with (<c>-vqs</c>).</summary>
    public const string Compatible = CompatibleBranch + ".0";

    /// <summary><c>-vq</c>.</summary>
    public const string Full = Compatible + "-hawser" + Own;

    public const string ReleaseDate = "2026/11/23";
}

namespace Hawser.Config.Keywords;

/// <summary>Names that are unique in the process (manual, 4.2 "guid"): what they may consist of.</summary>
internal static class GuidText
{
    private const int LengthMaximum = 127;

    /// <summary>What is wrong with it; null: nothing.</summary>
    public static string? Problem(string guid)
    {
        if (guid.Length == 0) return "an empty name is not unique";
        if (guid.Length > LengthMaximum) return $"'{guid}' is longer than {LengthMaximum} characters";
        foreach (char character in guid)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or ':' or '-' or '_'))
                return $"'{guid}' has the invalid character '{character}': letters, digits and '.:-_' are allowed";
        }

        return null;
    }
}

namespace Hawser.Config.Keywords;

/// <summary>Names of sections and servers: letters, digits, '-', '_', '.' and ':' (manual, 4).</summary>
public static class NameText
{
    private const int MaxGuidLength = 127;

    /// <summary>Null for a good name.</summary>
    public static char? FirstForbidden(string name)
    {
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.' or ':')) return letter;
        }
        return null;
    }

    /// <summary>What is wrong with a <c>guid</c> (manual, "guid"); null for a good one.</summary>
    public static string? GuidProblem(string guid)
    {
        if (guid.Length is 0 or > MaxGuidLength) return "invalid length";
        return FirstForbidden(guid) is { } bad ? $"invalid character '{bad}'" : null;
    }
}

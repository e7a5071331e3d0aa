namespace Hawser.Config.Keywords;

/// <summary>Names of sections and servers: letters, digits, '-', '_', '.' and ':' (manual, 4).</summary>
public static class NameText
{
    /// <summary>Null for a good name.</summary>
    public static char? FirstForbidden(string name)
    {
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.' or ':')) return letter;
        }
        return null;
    }
}

namespace Hawser.Config.Keywords;

/// <summary>Everything that may follow the addresses of a bind line.</summary>
public static class BindOptions
{
    public static readonly KeywordTable<BindContext> Table = new(BindKeywords.Rows, KnownBindKeywords.Rows);
}

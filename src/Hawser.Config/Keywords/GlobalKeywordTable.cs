namespace Hawser.Config.Keywords;

/// <summary>Everything that may stand in the global section.</summary>
public static class GlobalKeywordTable
{
    public static readonly KeywordTable<GlobalContext> Table = new(
        ProcessKeywords.Rows, LimitKeywords.Rows, TuningKeywords.Rows, GlobalLogKeywords.Rows, StatsKeywords.Rows, HttpGlobalKeywords.Rows,
        GlobalVariableKeywords.Rows, TokenKeywords.Rows,
        KnownGlobalKeywords.Rows, KnownTuningKeywords.Rows);
}
